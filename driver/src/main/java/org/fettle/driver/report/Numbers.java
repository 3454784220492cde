package org.fettle.driver.report;

import java.util.Locale;
import org.fettle.driver.study.Score;

/** Numbers, and values of parameters, for people: as many digits as say something. */
final class Numbers {

  private Numbers() {}

  /** "0.9533 ± 0.0133"; without the error where there is a single fold. */
  static String score(Score score) {
    return Double.isNaN(score.standardError())
        ? number(score.mean())
        : number(score.mean()) + " ± " + number(score.standardError());
  }

  static String number(double value) {
    double size = Math.abs(value);
    if (value == 0 || (size >= 0.001 && size < 1)) {
      return String.format(Locale.ROOT, "%.4f", value);
    }
    if (size >= 1 && size < 1_000_000) {
      int digits = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
      return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
    return String.format(Locale.ROOT, "%.2e", value);
  }

  /** A parameter's value: whole numbers and words as they are, others to three digits. */
  static String value(Object value) {
    return value instanceof Double number ? shortest(number) : oneLine(value.toString());
  }

  /** The text with spaces for its line breaks. */
  static String oneLine(String text) {
    return text.replaceAll("\\R", " ").strip();
  }

  private static String shortest(double value) {
    String exact = Double.toString(value);
    String rounded = String.format(Locale.ROOT, "%.3g", value);
    return exact.length() <= rounded.length() ? exact : rounded;
  }

  /** "4.2 s", "3 min 10 s". */
  static String duration(double seconds) {
    if (Math.round(seconds * 10) < 600) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }
}
