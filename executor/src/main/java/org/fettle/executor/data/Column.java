package org.fettle.executor.data;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One feature of the raw data, as read. Classes of plain arrays, since Spark's own Kryo cannot
 * write records; the arrays are shared and must not be changed.
 */
public sealed interface Column extends Serializable {

  String name();

  int rows();

  boolean missing(int row);

  /** Numbers. */
  final class Numeric implements Column {

    private static final long serialVersionUID = 1;

    private final String name;
    private final double[] values;

    /**
     * A column of numbers within the range of single precision, in which networks are trained.
     *
     * @param values NaN is a missing value
     */
    public Numeric(String name, double[] values) {
      requireNonNull(name, "name is null");
      for (int row = 0; row < values.length; row++) {
        if (Float.isInfinite((float) values[row])) {
          throw new IllegalArgumentException(
              "Value of column %s in row %d must be within ±%s, but was %s"
                  .formatted(name, row, Float.MAX_VALUE, values[row]));
        }
      }
      this.name = name;
      this.values = values;
    }

    @Override
    public String name() {
      return name;
    }

    /** The array itself; NaN is a missing value. */
    public double[] values() {
      return values;
    }

    @Override
    public int rows() {
      return values.length;
    }

    @Override
    public boolean missing(int row) {
      return Double.isNaN(values[row]);
    }
  }

  /** Names out of a list. */
  final class Categorical implements Column {

    private static final long serialVersionUID = 1;

    private final String name;
    private final String[] categories;
    private final int[] codes;

    /**
     * A column of categories.
     *
     * @param codes indices into the categories; −1 is a missing value
     */
    public Categorical(String name, String[] categories, int[] codes) {
      requireNonNull(name, "name is null");
      for (int row = 0; row < codes.length; row++) {
        if (codes[row] < -1 || codes[row] >= categories.length) {
          throw new IllegalArgumentException(
              "Code of column %s in row %d must be from -1 to %d, but was %d"
                  .formatted(name, row, categories.length - 1, codes[row]));
        }
      }
      this.name = name;
      this.categories = categories;
      this.codes = codes;
    }

    @Override
    public String name() {
      return name;
    }

    /** The array itself. */
    public String[] categories() {
      return categories;
    }

    /** The array itself; −1 is a missing value. */
    public int[] codes() {
      return codes;
    }

    @Override
    public int rows() {
      return codes.length;
    }

    @Override
    public boolean missing(int row) {
      return codes[row] < 0;
    }
  }

  /**
   * A column whose values lie in chunks on other machines: what all the data says of it.
   *
   * <p>Missing values are not known here.
   */
  final class Elsewhere implements Column {

    private static final long serialVersionUID = 1;

    private final String name;
    private final String @Nullable [] categories;
    private final int rows;
    private final String digest;

    /**
     * A column of so many rows.
     *
     * @param categories empty for numbers
     * @param digest of its values: equal values have equal digests
     */
    public Elsewhere(String name, Optional<List<String>> categories, int rows, String digest) {
      this.name = requireNonNull(name, "name is null");
      this.categories = categories.map(each -> each.toArray(String[]::new)).orElse(null);
      this.rows = rows;
      this.digest = requireNonNull(digest, "digest is null");
    }

    @Override
    public String name() {
      return name;
    }

    /** In order; empty for numbers. */
    public Optional<List<String>> categories() {
      return Optional.ofNullable(categories).map(List::of);
    }

    @Override
    public int rows() {
      return rows;
    }

    String digest() {
      return digest;
    }

    @Override
    public boolean missing(int row) {
      throw new UnsupportedOperationException("Values of " + name + " lie elsewhere");
    }
  }
}
