package org.fettle.search.settings;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What values a setting takes. A value is plain data as a YAML or JSON reader gives it: {@code
 * Long}, {@code Double}, {@code Boolean}, {@code String}, {@code List} or {@code Map}.
 */
public sealed interface SettingType {

  /**
   * Returns what is wrong with a value, as a rule that it breaks ("must be …"), or nothing. Looks
   * at this value only; a caller walks into lists and groups itself, so that each problem has its
   * own path.
   */
  Optional<String> problem(Object value);

  /** Says in a few words what is taken, for help and messages: "integer ≥ 1". */
  String summary();

  /** Whole numbers from {@code low} to {@code high}, both included. */
  record IntegerRange(long low, long high) implements SettingType {
    @Override
    public Optional<String> problem(Object value) {
      boolean whole = value instanceof Long || value instanceof Integer;
      return whole && low <= number(value) && number(value) <= high
          ? Optional.empty()
          : Optional.of("must be an " + summary());
    }

    private static long number(Object value) {
      return ((Number) value).longValue();
    }

    @Override
    public String summary() {
      if (low == Long.MIN_VALUE && high == Long.MAX_VALUE) {
        return "integer";
      }
      if (low == Long.MIN_VALUE) {
        return "integer ≤ " + high;
      }
      return high == Long.MAX_VALUE ? "integer ≥ " + low : "integer from " + low + " to " + high;
    }
  }

  /** Finite numbers in an interval whose ends are each included or not. */
  record NumberRange(double low, End lowEnd, double high, End highEnd) implements SettingType {

    /** Whether an end belongs to the interval. */
    public enum End {
      INCLUDED,
      EXCLUDED
    }

    @Override
    public Optional<String> problem(Object value) {
      if (value instanceof Number number && contains(number.doubleValue())) {
        return Optional.empty();
      }
      return Optional.of("must be a " + summary());
    }

    private boolean contains(double value) {
      boolean above = lowEnd == End.INCLUDED ? value >= low : value > low;
      boolean below = highEnd == End.INCLUDED ? value <= high : value < high;
      return above && below && Double.isFinite(value);
    }

    @Override
    public String summary() {
      String above = (lowEnd == End.INCLUDED ? "≥ " : "> ") + low;
      String below = (highEnd == End.INCLUDED ? "≤ " : "< ") + high;
      if (high == Double.POSITIVE_INFINITY) {
        return low == Double.NEGATIVE_INFINITY ? "number" : "number " + above;
      }
      return "number " + (low == Double.NEGATIVE_INFINITY ? below : above + " and " + below);
    }
  }

  /** {@code true} or {@code false}. */
  record Flag() implements SettingType {
    @Override
    public Optional<String> problem(Object value) {
      return value instanceof Boolean ? Optional.empty() : Optional.of("must be true or false");
    }

    @Override
    public String summary() {
      return "true or false";
    }
  }

  /** Any text that is not blank. */
  record Text() implements SettingType {
    @Override
    public Optional<String> problem(Object value) {
      return value instanceof String text && !text.isBlank()
          ? Optional.empty()
          : Optional.of("must be text");
    }

    @Override
    public String summary() {
      return "text";
    }
  }

  /** One word of a fixed list. */
  record Word(List<String> words) implements SettingType {
    public Word {
      words = List.copyOf(words);
    }

    @Override
    public Optional<String> problem(Object value) {
      return value instanceof String word && words.contains(word)
          ? Optional.empty()
          : Optional.of("must be " + summary());
    }

    @Override
    public String summary() {
      return words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words);
    }
  }

  /** A list, each element of the same type. */
  record ListOf(SettingType element) implements SettingType {
    @Override
    public Optional<String> problem(Object value) {
      return value instanceof Collection
          ? Optional.empty()
          : Optional.of("must be a list of " + element.summary());
    }

    @Override
    public String summary() {
      return "list of " + element.summary();
    }
  }

  /**
   * One kind of several, each with settings of its own: a map whose {@code key} names the kind, as
   * in {@code {type: adam, learning-rate: 0.01}}, or the bare name of a kind.
   */
  record Kinds(String key, Map<String, List<Setting>> kinds) implements SettingType {
    public Kinds {
      Map<String, List<Setting>> copy = new LinkedHashMap<>();
      kinds.forEach((name, settings) -> copy.put(name, List.copyOf(settings)));
      kinds = java.util.Collections.unmodifiableMap(copy);
    }

    @Override
    public Optional<String> problem(Object value) {
      Object kind = value instanceof Map<?, ?> map ? map.get(key) : value;
      return kind instanceof String name && kinds.containsKey(name)
          ? Optional.empty()
          : Optional.of("must be " + summary());
    }

    @Override
    public String summary() {
      return "one of " + String.join(", ", kinds.keySet());
    }
  }

  /** Groups of the same settings, each by a name that the user gives. */
  record Named(List<Setting> settings) implements SettingType {
    public Named {
      settings = List.copyOf(settings);
    }

    @Override
    public Optional<String> problem(Object value) {
      return value instanceof Map ? Optional.empty() : Optional.of("must be a " + summary());
    }

    @Override
    public String summary() {
      return "map of names, each with "
          + String.join(", ", settings.stream().map(Setting::name).toList());
    }
  }
}
