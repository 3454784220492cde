package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A component that a job names, such as a suggester.
 *
 * @param settings with the defaults filled in
 */
public record Component(String name, Map<String, Object> settings) {

  public Component {
    requireNonNull(name, "name is null");
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** From the map of a job file, whose {@code type} is the name. */
  static Component of(Map<?, ?> written) {
    Map<String, Object> settings = new LinkedHashMap<>();
    written.forEach((key, value) -> settings.put((String) key, value));
    return new Component((String) requireNonNull(settings.remove("type"), "no type"), settings);
  }

  Map<String, Object> canonical() {
    Map<String, Object> canonical = new LinkedHashMap<>();
    canonical.put("type", name);
    canonical.putAll(settings);
    return canonical;
  }
}
