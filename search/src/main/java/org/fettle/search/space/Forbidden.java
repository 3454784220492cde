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

  /** Whether the values chosen are all those of this combination. */
  public boolean matches(Map<String, Object> chosen) {
    for (Map.Entry<String, Object> entry : values.entrySet()) {
      if (!Values.same(entry.getValue(), chosen.get(entry.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
