package org.fettle.executor.model;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.data.PreprocessingDescription;
import org.fettle.executor.run.ModelSchema;
import org.fettle.optimizers.network.NetworkDescription;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Loss;

/**
 * What {@value #FILE} says.
 *
 * @param engine that trained the model, and whose reader reads its other files
 * @param target the column that the model predicts, where the data had names
 * @param labels of the classes; none for a regression
 */
record Schema(
    String engine,
    Preprocessing preprocessing,
    Missing missing,
    Optional<String> target,
    List<String> labels,
    NetworkSpec network,
    Loss.Link link) {

  /** Written last into a model's folder. */
  static final String FILE = "schema.json";

  private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

  /** What the study did about missing values. */
  enum Missing {
    IMPUTE,
    REFUSE
  }

  Schema {
    labels = List.copyOf(labels);
    if (!labels.isEmpty() && labels.size() != network.outputs()) {
      throw new IllegalArgumentException(
          "Labels must be as many as the network's outputs (%d), but were %d"
              .formatted(network.outputs(), labels.size()));
    }
    if (preprocessing.width() != network.inputs()) {
      throw new IllegalArgumentException(
          "Features must become as many as the network's inputs (%d), but become %d"
              .formatted(network.inputs(), preprocessing.width()));
    }
  }

  static Schema read(byte[] json) throws IOException {
    Map<String, Object> schema = new ObjectMapper().readValue(json, MAP);
    if (!(schema.get("format") instanceof Integer format) || format < 1) {
      throw new IOException(
          FILE
              + " must have a format; it is of a release before there was one, so run the study"
              + " again");
    }
    if (format > ModelSchema.FORMAT) {
      throw new IOException(
          "format must be at most %d, but was %d; use the release that wrote it, or a later one"
              .formatted(ModelSchema.FORMAT, format));
    }
    try {
      return new Schema(
          text(schema, "engine"),
          PreprocessingDescription.read(schema),
          word(Missing.class, String.valueOf(schema.getOrDefault("missing", "impute"))),
          schema.get("target") instanceof Map<?, ?> target
              ? Optional.ofNullable(target.get("name")).map(Object::toString)
              : Optional.empty(),
          schema.get("labels") instanceof List<?> labels
              ? labels.stream().map(String::valueOf).toList()
              : List.of(),
          NetworkDescription.read((Map<?, ?>) schema.getOrDefault("network", Map.of())),
          word(Loss.Link.class, text(schema, "link")));
    } catch (IllegalArgumentException | ClassCastException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static String text(Map<String, Object> schema, String key) {
    if (schema.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(key + " must be text, but was " + schema.get(key));
  }

  private static <E extends Enum<E>> E word(Class<E> type, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    type.getSimpleName()
                        + " must be one that this release knows, but was "
                        + word));
  }
}
