package org.fettle.search.space;

/**
 * The four kinds of value a parameter can take: {@code Double}, {@code Long}, {@code Boolean} and
 * {@code String}. One kind for each, so that equality, hash and what a file holds agree.
 */
final class Values {

  private Values() {}

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
