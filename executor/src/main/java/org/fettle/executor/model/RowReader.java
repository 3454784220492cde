package org.fettle.executor.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fettle.executor.data.Cells;
import org.fettle.executor.data.Column;
import org.fettle.executor.data.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * Makes a column of the cells of one feature, read as the training data were; what is wrong with a
 * cell is told. For any thread.
 */
final class RowReader {

  private static final String MISSING_CURE = "leave it null or empty where it is missing";

  private final String name;
  private final Encoder encoder;
  private final boolean refusesMissing;
  private final Map<String, Integer> codes = new HashMap<>();

  /**
   * A reader for the column of an encoder.
   *
   * @param missing what the study did about missing values
   */
  RowReader(Encoder encoder, Schema.Missing missing) {
    this.encoder = encoder;
    this.refusesMissing = missing == Schema.Missing.REFUSE;
    if (encoder instanceof Encoder.OneHot oneHot) {
      this.name = oneHot.name();
      oneHot.categories().forEach(category -> codes.put(category, codes.size()));
    } else {
      this.name = ((Encoder.Numeric) encoder).name();
    }
  }

  String name() {
    return name;
  }

  boolean numeric() {
    return encoder instanceof Encoder.Numeric;
  }

  /**
   * The column of one feature.
   *
   * @param rows the cells of each row, in the order of the features
   * @param at which of them
   * @param before how many rows came before the first
   */
  Column column(List<@Nullable Object[]> rows, int at, long before, List<String> problems) {
    if (encoder instanceof Encoder.OneHot oneHot) {
      int[] values = new int[rows.size()];
      for (int row = 0; row < values.length; row++) {
        values[row] = code(rows.get(row)[at], before + row, problems);
        refuseMissing(values[row] == -1 && missing(rows.get(row)[at]), before + row, problems);
      }
      return new Column.Categorical(name, oneHot.categories().toArray(String[]::new), values);
    }
    double[] values = new double[rows.size()];
    for (int row = 0; row < values.length; row++) {
      int known = problems.size();
      values[row] = number(rows.get(row)[at], before + row, problems);
      refuseMissing(Double.isNaN(values[row]) && known == problems.size(), before + row, problems);
    }
    return new Column.Numeric(name, values);
  }

  private void refuseMissing(boolean missing, long row, List<String> problems) {
    if (missing && refusesMissing) {
      problems.add(
          place(row) + " must have a value, since the study was run with data.missing: refuse");
    }
  }

  private String place(long row) {
    return "row " + (row + 1) + ": " + name;
  }

  private static boolean missing(@Nullable Object cell) {
    return cell == null || Cells.MISSING.contains(Cells.text(cell).trim());
  }

  private double number(@Nullable Object cell, long row, List<String> problems) {
    double value;
    if (missing(cell)) {
      return Double.NaN;
    } else if (cell instanceof Number number) {
      value = number.doubleValue();
    } else if (cell instanceof Boolean flag) {
      return flag ? 1 : 0;
    } else if (cell instanceof String text && Cells.isNumber(text)) {
      value = Double.parseDouble(text);
    } else if (cell instanceof String text && isFlag(text.trim())) {
      return text.trim().equalsIgnoreCase("true") ? 1 : 0;
    } else {
      problems.add(place(row) + " must be a number, but was " + shown(cell) + "; " + MISSING_CURE);
      return Double.NaN;
    }
    if (Float.isInfinite((float) value)) {
      problems.add(
          "%s must be within ±%s, the range of single precision, but was %s"
              .formatted(place(row), Float.MAX_VALUE, value));
      return Double.NaN;
    }
    return value;
  }

  private static boolean isFlag(String text) {
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
  }

  /** The place of a category; −1 for a missing value and for one that training did not see. */
  private int code(@Nullable Object cell, long row, List<String> problems) {
    if (missing(cell)) {
      return -1;
    }
    if (!(cell instanceof CharSequence
        || cell instanceof Number
        || cell instanceof Boolean
        || cell instanceof Character)) {
      problems.add(
          "%s must be text, a number or true or false, but was %s; %s"
              .formatted(place(row), shown(cell), MISSING_CURE));
      return -1;
    }
    String text = Cells.text(cell).trim();
    Integer code = codes.get(text);
    if (code == null && Cells.isNumber(text)) {
      // 1.0 in a text where training read the number 1.
      code = codes.get(Cells.text(Double.parseDouble(text)));
    } else if (code == null && isFlag(text)) {
      code = codes.get(text.toLowerCase(java.util.Locale.ROOT));
    }
    return code == null ? -1 : code;
  }

  private static String shown(@Nullable Object cell) {
    if (cell instanceof CharSequence text) {
      return '"' + (text.length() > 60 ? text.subSequence(0, 60) + "…" : text.toString()) + '"';
    }
    return cell == null ? "null" : "a " + cell.getClass().getSimpleName();
  }

  /** One reader for each column. */
  static List<RowReader> of(Schema schema) {
    List<RowReader> readers = new ArrayList<>();
    for (Encoder encoder : schema.preprocessing().encoders()) {
      readers.add(new RowReader(encoder, schema.missing()));
    }
    return List.copyOf(readers);
  }
}
