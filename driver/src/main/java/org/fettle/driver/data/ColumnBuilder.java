package org.fettle.driver.data;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.executor.data.Cells;
import org.fettle.executor.data.Column;
import org.jspecify.annotations.Nullable;

/** Gathers the cells of one feature, row by row, into primitive arrays. */
sealed interface ColumnBuilder {

  void add(@Nullable Object cell);

  /** The first number too large to train with, and where it stands: "1e300 in row 3 of x". */
  Optional<String> tooLarge();

  /** The column, if no number is too large. */
  Column build();

  static ColumnBuilder numeric(String name) {
    return new Numeric(name);
  }

  /** For text, and for numbers to be taken as categories. */
  static ColumnBuilder text(String name) {
    return new Text(name);
  }

  /** A cell as a number; NaN where it is none. */
  static double number(@Nullable Object cell) {
    if (cell instanceof Number number) {
      return number.doubleValue();
    }
    if (cell instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return Double.NaN;
  }

  /** Numbers, and true and false as 1 and 0. */
  final class Numeric implements ColumnBuilder {
    private final String name;
    private double[] values = new double[1024];
    private int rows;

    private Numeric(String name) {
      this.name = name;
    }

    @Override
    public void add(@Nullable Object cell) {
      if (rows == values.length) {
        values = Arrays.copyOf(values, values.length * 2);
      }
      values[rows++] = number(cell);
    }

    @Override
    public Optional<String> tooLarge() {
      for (int row = 0; row < rows; row++) {
        if (Float.isInfinite((float) values[row])) {
          return Optional.of(values[row] + " in row " + (row + 1) + " of " + name);
        }
      }
      return Optional.empty();
    }

    @Override
    public Column build() {
      return new Column.Numeric(name, Arrays.copyOf(values, rows));
    }
  }

  /**
   * Text, by codes. Text that turns out to be numbers beside marks of missing values becomes a
   * numeric column: Spark infers text for a column of numbers with a single "NA".
   */
  final class Text implements ColumnBuilder {
    private final String name;
    private final Map<String, Integer> seen = new LinkedHashMap<>();
    private int[] codes = new int[1024];
    private int rows;
    private boolean textOnly = true;

    private Text(String name) {
      this.name = name;
    }

    @Override
    public void add(@Nullable Object cell) {
      if (rows == codes.length) {
        codes = Arrays.copyOf(codes, codes.length * 2);
      }
      textOnly &= cell == null || cell instanceof String;
      String text = cell == null ? "" : Cells.text(cell).trim();
      codes[rows++] =
          Cells.MISSING.contains(text) ? -1 : seen.computeIfAbsent(text, each -> seen.size());
    }

    /** The numbers that the texts are, or nothing if one is none. */
    private Optional<Numeric> numbers() {
      if (!textOnly || seen.isEmpty() || !seen.keySet().stream().allMatch(Cells::isNumber)) {
        return Optional.empty();
      }
      double[] numbers = seen.keySet().stream().mapToDouble(Double::parseDouble).toArray();
      Numeric numeric = new Numeric(name);
      for (int row = 0; row < rows; row++) {
        numeric.add(codes[row] < 0 ? null : numbers[codes[row]]);
      }
      return Optional.of(numeric);
    }

    @Override
    public Optional<String> tooLarge() {
      return numbers().flatMap(Numeric::tooLarge);
    }

    @Override
    public Column build() {
      return numbers().map(Numeric::build).orElseGet(this::categories);
    }

    private Column categories() {
      List<String> texts = List.copyOf(seen.keySet());
      List<String> sorted = Labels.sorted(texts);
      Map<String, Integer> places = new HashMap<>();
      sorted.forEach(text -> places.put(text, places.size()));
      int[] placed = new int[rows];
      for (int row = 0; row < rows; row++) {
        placed[row] = codes[row] < 0 ? -1 : requireNonNull(places.get(texts.get(codes[row])));
      }
      return new Column.Categorical(name, sorted.toArray(String[]::new), placed);
    }
  }
}
