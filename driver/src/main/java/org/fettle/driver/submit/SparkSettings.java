package org.fettle.driver.submit;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.spark.network.util.JavaUtils;

/**
 * Spark's settings of a submission: Fettle's own, then those for the target, then the user's
 * properties file, then options. The later beat the earlier.
 *
 * @param defaults Fettle's, as far as nothing of the user's beats them
 * @param all what Spark comes to
 */
public record SparkSettings(Map<String, String> defaults, Map<String, String> all) {

  public SparkSettings {
    defaults = new LinkedHashMap<>(defaults);
    all = new LinkedHashMap<>(all);
  }

  /**
   * Gathers the settings.
   *
   * @param home of the distribution, which has {@code conf} and a folder for each target
   * @param properties the user's file, if there is one
   */
  static SparkSettings of(
      Path home, Target target, Optional<Path> properties, SparkOptions options) {
    Map<String, String> defaults =
        new LinkedHashMap<>(read(home.resolve("conf/spark-defaults.conf")));
    defaults.remove("spark.master");
    defaults.putAll(read(home.resolve(target.word()).resolve("spark-defaults.conf")));
    Map<String, String> users = new LinkedHashMap<>();
    properties.ifPresent(file -> users.putAll(read(file)));
    users.putAll(options.settings());
    defaults.keySet().removeAll(users.keySet());
    Map<String, String> all = new LinkedHashMap<>(defaults);
    all.putAll(users);
    return new SparkSettings(defaults, all);
  }

  /** Settings that a user's would beat, together with these. */
  SparkSettings withDefaults(Map<String, String> more) {
    Map<String, String> ours = new LinkedHashMap<>(defaults);
    Map<String, String> every = new LinkedHashMap<>(all);
    more.forEach(
        (key, value) -> {
          if (defaults.containsKey(key) || !all.containsKey(key)) {
            ours.put(key, value);
            every.put(key, value);
          }
        });
    return new SparkSettings(ours, every);
  }

  /** A setting as it will hold; empty where nobody has set it. */
  public Optional<String> get(String key) {
    return Optional.ofNullable(all.get(key)).filter(value -> !value.isBlank());
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException if it is none
   */
  int number(String key, int otherwise) {
    try {
      return get(key).map(Integer::valueOf).orElse(otherwise);
    } catch (NumberFormatException e) {
      throw wrong(key, "a whole number", e);
    }
  }

  /**
   * A part of something, such as half a GPU.
   *
   * @throws IllegalArgumentException if it is no number
   */
  double amount(String key) {
    try {
      return get(key).map(Double::valueOf).orElse(0.0);
    } catch (NumberFormatException e) {
      throw wrong(key, "a number", e);
    }
  }

  /**
   * A size as Spark reads it, MiB where it has no unit.
   *
   * @throws IllegalArgumentException if it is none
   */
  OptionalLong mebibytes(String key) {
    try {
      return get(key)
          .map(text -> OptionalLong.of(JavaUtils.byteStringAsMb(text)))
          .orElse(OptionalLong.empty());
    } catch (NumberFormatException e) {
      throw wrong(key, "a size such as 512m or 2g", e);
    }
  }

  private IllegalArgumentException wrong(String key, String condition, NumberFormatException e) {
    return new IllegalArgumentException(
        "%s must be %s, but was %s".formatted(key, condition, get(key).orElse("")), e);
  }

  /** A properties file, in the order of its keys. */
  private static Map<String, String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
    Map<String, String> settings = new TreeMap<>();
    properties.forEach(
        (key, value) -> {
          if (key.toString().startsWith("spark.")) {
            settings.put(key.toString(), value.toString().trim());
          }
        });
    return settings;
  }
}
