package org.fettle.executor.data;

import java.util.Set;

/** How single values of raw data are read, in training and ever after. */
public final class Cells {

  /** What people write where a value is missing; compared with trimmed text. */
  public static final Set<String> MISSING =
      Set.of("", "?", "NA", "N/A", "NaN", "nan", "null", "NULL");

  private Cells() {}

  /** The cell as a label; a whole number has no fraction, so that 1 and 1.0 are one class. */
  public static String text(Object cell) {
    if (cell instanceof Number number) {
      double value = number.doubleValue();
      boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
      return whole ? Long.toString((long) value) : number.toString();
    }
    return cell.toString();
  }

  /** Whether it is a number, as Spark reads numbers; it may be infinite. */
  public static boolean isNumber(String text) {
    try {
      return !Double.isNaN(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
