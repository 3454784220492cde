package org.fettle.executor.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a model says of a row.
 *
 * @param label the most probable class, of equally probable ones the first; empty for a regression
 * @param probabilities of each class, in the order of the model's labels; none for a regression
 * @param value in the target's own unit; empty for a classification
 */
public record Prediction(
    Optional<String> label, Map<String, Double> probabilities, OptionalDouble value) {

  public Prediction {
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    if (label.isPresent() == value.isPresent() || label.isPresent() == probabilities.isEmpty()) {
      throw new IllegalArgumentException(
          "Prediction must be of a class or of a value, but was %s, %s, %s"
              .formatted(label, probabilities, value));
    }
  }
}
