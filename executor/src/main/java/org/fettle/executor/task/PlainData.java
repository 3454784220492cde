package org.fettle.executor.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What tasks and results carry: text, booleans, {@code Long}, {@code Double}, null, and lists and
 * maps of these. Other integers and floats are widened.
 */
final class PlainData {

  private PlainData() {}

  /**
   * An unmodifiable copy of all levels, in the same order.
   *
   * @throws IllegalArgumentException where something is not plain data; the message has its path
   */
  static Map<String, Object> copy(String path, Map<String, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> put(copy, path, key, value));
    return Collections.unmodifiableMap(copy);
  }

  @SuppressWarnings("NullAway") // null is a value of job files
  private static void put(
      Map<String, Object> map, String path, Object key, @Nullable Object value) {
    if (!(key instanceof String name)) {
      throw new IllegalArgumentException("Keys of " + path + " must be text, but one was " + key);
    }
    map.put(name, copy(path + "." + name, value));
  }

  private static @Nullable Object copy(String path, @Nullable Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof Double) {
      return value;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float number) {
      return number.doubleValue();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, each) -> put(copy, path, key, each));
      return Collections.unmodifiableMap(copy);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      for (Object element : list) {
        copy.add(copy(path + "[" + copy.size() + "]", element));
      }
      return Collections.unmodifiableList(copy);
    }
    throw new IllegalArgumentException(
        "%s must be a number, text, a boolean, a list or a map, but was %s of %s"
            .formatted(path, value, value.getClass().getName()));
  }
}
