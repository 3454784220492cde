package org.fettle.search.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values that must not occur together: an assignment that has all of them is not in the space. */
public record Forbidden(Map<String, Object> values) {

  public Forbidden {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("A forbidden combination must name a value");
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    values.forEach((name, value) -> copy.put(name, Values.canonical(value)));
    values = Collections.unmodifiableMap(copy);
  }

  boolean matches(Map<String, Object> chosen) {
    return values.entrySet().stream()
        .allMatch(entry -> entry.getValue().equals(chosen.get(entry.getKey())));
  }
}
