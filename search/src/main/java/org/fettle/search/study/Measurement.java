package org.fettle.search.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finite values of metrics, by the metric's name. */
public record Measurement(Map<String, Double> values) {

  /**
   * Values as they are.
   *
   * @throws NotFiniteException where one is not finite
   */
  public Measurement {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    values.forEach(
        (metric, value) -> {
          if (!Double.isFinite(value)) {
            throw new NotFiniteException(metric, value);
          }
        });
  }

  /** Nothing measured. */
  public static Measurement none() {
    return new Measurement(Map.of());
  }

  public static Measurement of(String metric, double value) {
    return new Measurement(Map.of(metric, value));
  }

  /** The same measurement with one more metric. */
  public Measurement and(String metric, double value) {
    Map<String, Double> more = new LinkedHashMap<>(values);
    more.put(metric, value);
    return new Measurement(more);
  }

  public boolean has(String metric) {
    return values.containsKey(metric);
  }

  /**
   * Returns the value of a metric.
   *
   * @throws IllegalArgumentException if the metric was not measured
   */
  public double value(String metric) {
    Double value = values.get(metric);
    if (value == null) {
      throw new IllegalArgumentException(
          "Metric " + metric + " was not measured; measured: " + values.keySet());
    }
    return value;
  }
}
