package org.fettle.driver.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Names of classes and categories, and their order: numbers by value, otherwise by text. */
final class Labels {

  private Labels() {}

  /** The cell as a label; a whole number has no fraction, so that 1 and 1.0 are one class. */
  static String text(Object cell) {
    if (cell instanceof Number number) {
      double value = number.doubleValue();
      boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
      return whole ? Long.toString((long) value) : number.toString();
    }
    return cell.toString();
  }

  /** Whether it is a number, as Spark reads numbers; it may be infinite. */
  static boolean isNumber(String text) {
    try {
      return !Double.isNaN(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  static List<String> sorted(Collection<String> labels) {
    boolean numbers = labels.stream().allMatch(Labels::isNumber);
    Comparator<String> byText = Comparator.naturalOrder();
    return labels.stream()
        .sorted(
            numbers
                ? Comparator.comparingDouble(Double::parseDouble).thenComparing(byText)
                : byText)
        .toList();
  }
}
