package org.fettle.driver.submit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Options of spark-submit as a person gave them.
 *
 * @param all in their order; a later one beats an earlier one
 */
public record SparkOptions(List<Option> all) {

  private static final String CONF = "--conf";
  private static final String FLAG = "--supervise";

  /** The settings that options are short for. */
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("--master", "spark.master"),
          Map.entry("--deploy-mode", "spark.submit.deployMode"),
          Map.entry("--name", "spark.app.name"),
          Map.entry("--driver-memory", "spark.driver.memory"),
          Map.entry("--driver-cores", "spark.driver.cores"),
          Map.entry("--driver-java-options", "spark.driver.extraJavaOptions"),
          Map.entry("--executor-memory", "spark.executor.memory"),
          Map.entry("--executor-cores", "spark.executor.cores"),
          Map.entry("--num-executors", "spark.executor.instances"),
          Map.entry("--total-executor-cores", "spark.cores.max"),
          Map.entry("--queue", "spark.yarn.queue"),
          Map.entry("--principal", "spark.kerberos.principal"),
          Map.entry("--keytab", "spark.kerberos.keytab"));

  /** Spark's own idea of a secret ({@code spark.redaction.regex}). */
  private static final Pattern SECRET =
      Pattern.compile("(?i)secret|password|token|access[.]?key|credential");

  /** What can only be a secret, a number too. */
  private static final Pattern PASSWORD = Pattern.compile("(?i)(secret|password)$");

  /** Names of secrets that lie elsewhere, and switches. */
  private static final Pattern REFERENCE =
      Pattern.compile("(?i).*(\\.secrets\\.|secretKeyRef\\.|file$|path$|provider$|\\.enabled$).*");

  /**
   * One option.
   *
   * @param value empty for a switch
   */
  public record Option(String name, Optional<String> value) {}

  public SparkOptions {
    all = List.copyOf(all);
  }

  /**
   * Reads words as the launcher leaves them: each option with its value behind it.
   *
   * @throws IllegalArgumentException where one lacks its value, or is no option
   */
  public static SparkOptions of(List<String> words) {
    List<Option> options = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("--")) {
        throw new IllegalArgumentException("Option of Spark must begin with --, but was " + word);
      }
      if (word.equals(FLAG)) {
        options.add(new Option(word, Optional.empty()));
      } else if (i + 1 == words.size()) {
        throw new IllegalArgumentException(
            "Option %s must have a value, but was the last argument".formatted(word));
      } else {
        i++;
        options.add(new Option(word, Optional.of(words.get(i))));
      }
    }
    return new SparkOptions(options);
  }

  /** The settings that the options make, by Spark's names. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (Option option : all) {
      String value = option.value().orElse("true");
      if (option.name().equals(CONF)) {
        int equals = value.indexOf('=');
        if (equals > 0) {
          settings.put(value.substring(0, equals), value.substring(equals + 1));
        }
      } else if (KEYS.containsKey(option.name())) {
        settings.put(KEYS.get(option.name()), value);
      }
    }
    return settings;
  }

  /** The last value of an option. */
  public Optional<String> value(String name) {
    return all.stream()
        .filter(option -> option.name().equals(name))
        .flatMap(option -> option.value().stream())
        .reduce((first, second) -> second);
  }

  /** These without some. */
  SparkOptions without(String... names) {
    List<String> left = List.of(names);
    return new SparkOptions(all.stream().filter(option -> !left.contains(option.name())).toList());
  }

  /** As words of a command line. */
  Stream<String> words() {
    return all.stream()
        .flatMap(option -> Stream.concat(Stream.of(option.name()), option.value().stream()));
  }

  /**
   * Settings with secrets in them: a command line can be read by everyone on the machine, and Spark
   * puts it into its log.
   */
  public List<String> secrets() {
    return settings().entrySet().stream()
        .filter(setting -> isSecret(setting.getKey(), setting.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isSecret(String key, String value) {
    return SECRET.matcher(key).find()
        && !REFERENCE.matcher(key).matches()
        && (PASSWORD.matcher(key).find() || !value.matches("true|false|[0-9]+[a-z]*"));
  }
}
