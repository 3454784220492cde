package org.fettle.optimizers.data;

import static java.util.Objects.requireNonNull;

/**
 * Numbers in rows and columns, row after row in one array. The array is neither copied in nor out:
 * whoever holds a matrix may read it from any thread and writes to it only before it is shared.
 */
public final class FloatMatrix {

  private final int rows;
  private final int columns;
  private final float[] values;

  public FloatMatrix(int rows, int columns, float[] values) {
    requireNonNull(values, "values is null");
    if (rows < 0 || columns < 0 || values.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "Values must fill %d rows of %d columns, but were %d"
              .formatted(rows, columns, values.length));
    }
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /** A matrix of one or more rows of equal length, which are copied. */
  public static FloatMatrix of(float[]... rows) {
    int columns = rows[0].length;
    float[] values = new float[Math.multiplyExact(rows.length, columns)];
    for (int row = 0; row < rows.length; row++) {
      if (rows[row].length != columns) {
        throw new IllegalArgumentException(
            "Row %d must have %d columns, but had %d".formatted(row, columns, rows[row].length));
      }
      System.arraycopy(rows[row], 0, values, row * columns, columns);
    }
    return new FloatMatrix(rows.length, columns, values);
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** The array itself, row after row. */
  public float[] values() {
    return values;
  }

  public float at(int row, int column) {
    return values[row * columns + column];
  }

  /** A new matrix of the rows with these indices, in this order. */
  public FloatMatrix select(int[] indices) {
    float[] selected = new float[Math.multiplyExact(indices.length, columns)];
    for (int row = 0; row < indices.length; row++) {
      System.arraycopy(values, indices[row] * columns, selected, row * columns, columns);
    }
    return new FloatMatrix(indices.length, columns, selected);
  }

  @Override
  public String toString() {
    return "FloatMatrix[" + rows + "×" + columns + "]";
  }
}
