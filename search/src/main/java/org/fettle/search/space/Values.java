package org.fettle.search.space;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The four kinds of value a parameter can take: {@code Double}, {@code Long}, {@code Boolean} and
 * {@code String}. One kind for each, so that equality, hash and what a file holds agree.
 */
final class Values {

  private Values() {}

  /** Whether two canonical values are the same; 1 and 1.0 are, as a float may be written so. */
  static boolean same(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Long || other instanceof Long) {
      return one instanceof Number number
          && other instanceof Number another
          && number.doubleValue() == another.doubleValue();
    }
    return Objects.equals(one, other);
  }

  /** Widens {@code Integer} and {@code Float}, folds −0 into 0, and refuses everything else. */
  static Object canonical(Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("Value must be finite, but was " + number);
      }
      return number + 0.0;
    }
    if (value instanceof Long || value instanceof Boolean || value instanceof String) {
      return value;
    }
    throw new IllegalArgumentException(
        "Value must be a number, a text or true or false, but was " + value);
  }
}
