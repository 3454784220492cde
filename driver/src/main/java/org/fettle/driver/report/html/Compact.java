package org.fettle.driver.report.html;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers and texts as short as a page needs them. */
final class Compact {

  private static final MathContext DIGITS = new MathContext(6);
  private static final MathContext COARSE = new MathContext(4);

  /** Longer texts are cut; the journal has all of it. */
  private static final int LONGEST = 240;

  private Compact() {}

  /** To six digits; a number that is not finite is none. */
  static @Nullable Double number(double value) {
    return rounded(value, DIGITS);
  }

  /** To four digits, for places in a plot. */
  static @Nullable Double coarse(double value) {
    return rounded(value, COARSE);
  }

  private static @Nullable Double rounded(double value, MathContext digits) {
    return Double.isFinite(value) ? BigDecimal.valueOf(value).round(digits).doubleValue() : null;
  }

  static List<@Nullable Double> coarse(List<Double> values) {
    List<@Nullable Double> rounded = new ArrayList<>();
    values.forEach(value -> rounded.add(coarse(value)));
    return rounded;
  }

  /** A parameter's value: floats to six digits, others as they are. */
  static @Nullable Object value(@Nullable Object value) {
    return value instanceof Double number ? number(number) : value;
  }

  static String text(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
