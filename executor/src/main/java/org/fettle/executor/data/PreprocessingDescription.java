package org.fettle.executor.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fettle.optimizers.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A preprocessing as plain data, for the model's schema, and back without the loss of a bit.
 * Numbers have the mean and deviation that they are scaled by; categories are one-hot and not
 * scaled.
 */
public final class PreprocessingDescription {

  private static final String MEAN = "mean";
  private static final String DEVIATION = "deviation";

  private PreprocessingDescription() {}

  /**
   * What becomes of each column under {@code features}, {@code shape} where rows are images or
   * sequences, and how a regression's {@code target} is scaled.
   */
  public static Map<String, Object> of(Preprocessing preprocessing) {
    List<Object> features = new ArrayList<>();
    int at = 0;
    for (Encoder encoder : preprocessing.encoders()) {
      Map<String, Object> feature = new LinkedHashMap<>(encoder.describe());
      if (encoder instanceof Encoder.Numeric) {
        feature.putAll(describe(preprocessing.moments()[at]));
      }
      features.add(feature);
      at += encoder.width();
    }
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("features", features);
    if (!(preprocessing.shape() instanceof Shape.Features)) {
      description.put("shape", preprocessing.shape().dimensions());
    }
    description.put(
        "target", preprocessing.target().map(PreprocessingDescription::describe).orElse(Map.of()));
    return description;
  }

  private static Map<String, Object> describe(Moments moments) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put(MEAN, moments.mean());
    description.put(DEVIATION, moments.deviation());
    return description;
  }

  /**
   * The preprocessing that was described.
   *
   * @throws IllegalArgumentException where the description lacks something
   */
  public static Preprocessing read(Map<?, ?> description) {
    List<Encoder> encoders = new ArrayList<>();
    List<Moments> moments = new ArrayList<>();
    for (Object each : list(description.get("features"), "features")) {
      Map<?, ?> feature = map(each, "feature");
      String name = text(feature.get("name"), "name of a feature");
      String kind = text(feature.get("kind"), "kind of " + name);
      if (kind.equals("numeric")) {
        encoders.add(new Encoder.Numeric(name, number(feature, "missing")));
        moments.add(new Moments(number(feature, MEAN), number(feature, DEVIATION)));
      } else if (kind.equals("one-hot")) {
        List<String> categories =
            list(feature.get("categories"), "categories of " + name).stream()
                .map(category -> text(category, "category of " + name))
                .toList();
        int[] place = IntStream.range(0, categories.size()).toArray();
        encoders.add(new Encoder.OneHot(name, categories, place));
        categories.forEach(category -> moments.add(Moments.UNSCALED));
      } else {
        throw new IllegalArgumentException(
            "Kind of %s must be numeric or one-hot, but was %s".formatted(name, kind));
      }
    }
    Map<?, ?> target = map(description.get("target"), "target");
    return new Preprocessing(
        List.copyOf(encoders),
        moments.toArray(Moments[]::new),
        target.containsKey(MEAN)
            ? Optional.of(new Moments(number(target, MEAN), number(target, DEVIATION)))
            : Optional.empty(),
        shape(description.get("shape"), moments.size()));
  }

  private static Shape shape(@Nullable Object dimensions, int width) {
    if (dimensions == null) {
      return new Shape.Features(width);
    }
    return Shape.of(
        list(dimensions, "shape").stream().map(size -> ((Number) size).intValue()).toList());
  }

  private static double number(Map<?, ?> map, String key) {
    if (map.get(key) instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(key + " must be a number in " + map);
  }

  private static String text(@Nullable Object value, String what) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(what + " must be text, but was " + value);
  }

  private static List<?> list(@Nullable Object value, String what) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException(what + " must be a list, but was " + value);
  }

  private static Map<?, ?> map(@Nullable Object value, String what) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException(what + " must be a map, but was " + value);
  }
}
