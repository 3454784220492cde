package org.fettle.search.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The values of a component's settings: checked, and with the defaults filled in. Immutable.
 *
 * <p>A value that was neither given nor has a default is absent; {@link #optionalNumber} and its
 * like read those.
 */
public final class Settings {

  private final Map<String, Object> values;

  private Settings(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /** The defaults of the declared settings. */
  public static Settings defaults(List<Setting> declared) {
    return of(declared, Map.of());
  }

  /**
   * Checks given values against what is declared.
   *
   * @throws IllegalArgumentException naming every setting that is unknown, missing or out of range
   */
  public static Settings of(List<Setting> declared, Map<String, ?> given) {
    List<String> problems = new ArrayList<>();
    Map<String, Object> values = values("", declared, given, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return new Settings(values);
  }

  private static Map<String, Object> values(
      String prefix, List<Setting> declared, Map<String, ?> given, List<String> problems) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Setting setting : declared) {
      String path = prefix + setting.name();
      if (given.containsKey(setting.name())) {
        values.put(
            setting.name(), value(path, setting.type(), given.get(setting.name()), problems));
      } else if (setting.defaultValue().isPresent()) {
        values.put(
            setting.name(), value(path, setting.type(), setting.defaultValue().get(), problems));
      } else if (setting.required()) {
        problems.add(path + " must be given");
      }
    }
    for (String name : given.keySet()) {
      if (declared.stream().noneMatch(setting -> setting.name().equals(name))) {
        problems.add(prefix + name + " is not a setting");
      }
    }
    return values;
  }

  private static Object value(String path, SettingType type, Object given, List<String> problems) {
    Optional<String> problem = type.problem(given);
    if (problem.isPresent()) {
      problems.add(path + " " + problem.get() + ", but was " + given);
      return given;
    }
    if (type instanceof SettingType.ListOf list) {
      List<Object> values = new ArrayList<>();
      for (Object element : (Iterable<?>) given) {
        values.add(value(path + "[" + values.size() + "]", list.element(), element, problems));
      }
      return Collections.unmodifiableList(values);
    }
    if (type instanceof SettingType.Kinds kinds) {
      Map<String, Object> group = new LinkedHashMap<>();
      if (given instanceof Map<?, ?> map) {
        map.forEach((key, value) -> group.put(String.valueOf(key), value));
      } else {
        group.put(kinds.key(), given);
      }
      String kind = (String) group.remove(kinds.key());
      List<Setting> declared = kinds.kinds().getOrDefault(kind, List.of());
      return new Kind(kind, new Settings(values(path + ".", declared, group, problems)));
    }
    if (type instanceof SettingType.Named named) {
      Map<String, Settings> groups = new LinkedHashMap<>();
      ((Map<?, ?>) given)
          .forEach(
              (name, group) ->
                  groups.put(
                      String.valueOf(name), group(path + "." + name, named, group, problems)));
      return Collections.unmodifiableMap(groups);
    }
    return given;
  }

  private static Settings group(
      String path, SettingType.Named named, Object given, List<String> problems) {
    Map<String, Object> group = new LinkedHashMap<>();
    if (given instanceof Map<?, ?> map) {
      map.forEach((key, value) -> group.put(String.valueOf(key), value));
    } else {
      problems.add(path + " must be a map, but was " + given);
    }
    return new Settings(values(path + ".", named.settings(), group, problems));
  }

  /**
   * The chosen kind of a setting that has several.
   *
   * @param name the kind, for example {@code adam}
   * @param settings the settings of that kind
   */
  public record Kind(String name, Settings settings) {}

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public long integer(String name) {
    return ((Number) value(name)).longValue();
  }

  public double number(String name) {
    return ((Number) value(name)).doubleValue();
  }

  public boolean flag(String name) {
    return (Boolean) value(name);
  }

  public String text(String name) {
    return (String) value(name);
  }

  /** The constant of an enum whose name in lower case with hyphens was given. */
  public <E extends Enum<E>> E word(String name, Class<E> words) {
    return Enum.valueOf(words, text(name).toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  public List<Object> list(String name) {
    return List.copyOf((List<?>) value(name));
  }

  /** The groups of a {@link SettingType.Named}, in the order in which they were given. */
  public Map<String, Settings> groups(String name) {
    Map<String, Settings> groups = new LinkedHashMap<>();
    ((Map<?, ?>) value(name)).forEach((key, group) -> groups.put((String) key, (Settings) group));
    return groups;
  }

  public Kind kind(String name) {
    return (Kind) value(name);
  }

  public Optional<Double> optionalNumber(String name) {
    return Optional.ofNullable(values.get(name)).map(value -> ((Number) value).doubleValue());
  }

  public Optional<Long> optionalInteger(String name) {
    return Optional.ofNullable(values.get(name)).map(value -> ((Number) value).longValue());
  }

  private Object value(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("Setting " + name + " has no value; known: " + values);
    }
    return value;
  }

  @Override
  public String toString() {
    return "Settings" + values;
  }
}
