package org.fettle.driver.job;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType;

/**
 * A fragment of a job file.
 *
 * @param indent of what comes next
 */
record Example(String yaml, String indent) {

  static final Example NONE = new Example("", "");

  /** Values for what has no default and may be any text. */
  private static final Map<String, String> SAMPLES =
      Map.of(
          "study", "iris",
          "source", "iris.csv",
          "target", "species",
          "objective", "com.example.Rastrigin",
          "file", "model.h5",
          "maximize", "accuracy",
          "minimize", "log-loss",
          "metric", "log-loss",
          "parallel", "auto");

  Example line(String line) {
    return new Example(yaml + indent + line + "\n", indent);
  }

  /** With a key whose value comes next. */
  Example open(String key) {
    return new Example(line(key + ":").yaml(), indent + "  ");
  }

  /** With an element of a list, whose further lines come next. */
  Example item(String line) {
    return new Example(line("- " + line).yaml(), indent + "  ");
  }

  Example of(Setting setting) {
    return line(setting.name() + ": " + value(setting));
  }

  /** With those settings that have a default or must be given. */
  Example of(List<Setting> settings) {
    Example example = this;
    for (Setting setting : settings) {
      example = setting.optional() ? example : example.of(setting);
    }
    return example;
  }

  private static String value(Setting setting) {
    return setting
        .defaultValue()
        .map(value -> Node.of(value, Place.FILE).text())
        .orElseGet(() -> SAMPLES.getOrDefault(setting.name(), sample(setting.type())));
  }

  private static String sample(SettingType type) {
    if (type instanceof SettingType.Word word) {
      return word.words().get(0);
    }
    if (type instanceof SettingType.Kinds kinds) {
      return kinds.kinds().entrySet().stream()
          .findFirst()
          .map(kind -> sample(kinds.key(), kind.getKey(), kind.getValue()))
          .orElse("none");
    }
    if (type instanceof SettingType.ListOf list) {
      return "[" + sample(list.element()) + "]";
    }
    if (type instanceof SettingType.Named) {
      return "{}";
    }
    if (type instanceof SettingType.IntegerRange range) {
      return String.valueOf(Math.min(range.high(), Math.max(range.low(), 32)));
    }
    if (type instanceof SettingType.NumberRange range && Double.isFinite(range.high())) {
      return String.valueOf((Math.max(range.low(), -range.high()) + range.high()) / 2);
    }
    return type instanceof SettingType.Flag ? "true" : "1.0";
  }

  /** A kind's name, with the settings that must be given. */
  private static String sample(String key, String kind, List<Setting> settings) {
    String given =
        settings.stream()
            .filter(Setting::required)
            .map(setting -> ", " + setting.name() + ": " + value(setting))
            .collect(Collectors.joining());
    return given.isEmpty() ? kind : "{" + key + ": " + kind + given + "}";
  }
}
