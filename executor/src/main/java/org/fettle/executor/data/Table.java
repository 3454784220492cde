package org.fettle.executor.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.network.Shape;

/**
 * The study's data: raw feature columns and a target for each row, in the order read. It goes to
 * each executor once, by broadcast. Immutable by convention: the arrays are shared.
 */
public final class Table implements Serializable {

  private static final long serialVersionUID = 1;

  private final Column[] columns;
  private final String[] labels;
  private final float[] targets;

  /** Empty for a table of plain columns. */
  private final int[] dimensions;

  private Table(List<Column> columns, List<String> labels, float[] targets) {
    this(columns, labels, targets, new int[0]);
  }

  private Table(List<Column> columns, List<String> labels, float[] targets, int[] dimensions) {
    for (Column column : columns) {
      if (column.rows() != targets.length) {
        throw new IllegalArgumentException(
            "Column %s must have %d rows, as the target, but had %d"
                .formatted(column.name(), targets.length, column.rows()));
      }
    }
    this.columns = columns.toArray(Column[]::new);
    this.labels = labels.toArray(String[]::new);
    this.targets = targets;
    this.dimensions = dimensions;
  }

  /**
   * A table for classification.
   *
   * @param labels the names of the classes, two at least
   * @param classes the index of each row's class
   */
  public static Table classification(List<Column> columns, List<String> labels, float[] classes) {
    int count = new Task.Classification(labels.size()).classes();
    for (int row = 0; row < classes.length; row++) {
      int index = (int) classes[row];
      if (index != classes[row] || index < 0 || index >= count) {
        throw new IllegalArgumentException(
            "Class of row %d must be a whole number from 0 to %d, but was %s"
                .formatted(row, count - 1, classes[row]));
      }
    }
    return new Table(columns, labels, classes);
  }

  /** A table for regression. */
  public static Table regression(List<Column> columns, float[] values) {
    for (int row = 0; row < values.length; row++) {
      if (!Float.isFinite(values[row])) {
        throw new IllegalArgumentException(
            "Target of row %d must be finite, but was %s".formatted(row, values[row]));
      }
    }
    return new Table(columns, List.of(), values);
  }

  /**
   * The same table, each of whose rows is an image or a sequence.
   *
   * @throws IllegalArgumentException where the columns are not as many as the shape has numbers, or
   *     not all are numbers
   */
  public Table shaped(Shape shape) {
    if (shape.size() != columns.length) {
      throw new IllegalArgumentException(
          "Shape must have %d numbers, as there are columns of features, but was %s of %d"
              .formatted(columns.length, shape, shape.size()));
    }
    for (Column column : columns) {
      boolean numbers =
          column instanceof Column.Elsewhere elsewhere
              ? elsewhere.categories().isEmpty()
              : column instanceof Column.Numeric;
      if (!numbers) {
        throw new IllegalArgumentException(
            "Columns of %s must be numbers, but %s was text".formatted(shape, column.name()));
      }
    }
    int[] given = shape.dimensions().stream().mapToInt(Integer::intValue).toArray();
    return new Table(columns(), labels(), targets, given);
  }

  /** What each row is, where it is an image or a sequence. */
  public Optional<Shape> shape() {
    return dimensions.length == 0
        ? Optional.empty()
        : Optional.of(Shape.of(Arrays.stream(dimensions).boxed().toList()));
  }

  public List<Column> columns() {
    return List.of(columns);
  }

  /** The names of the classes in the order of their indices; none for regression. */
  public List<String> labels() {
    return List.of(labels);
  }

  /** The index of a class, or a value, for each row. */
  public float[] targets() {
    return targets;
  }

  public int rows() {
    return targets.length;
  }

  public Task task() {
    return labels.length == 0 ? new Task.Regression() : new Task.Classification(labels.length);
  }

  /** SHA-256 over names, kinds, values and order: equal data has equal digests. */
  public String digest() {
    return TableDigest.of(this);
  }

  @Override
  public String toString() {
    return "Table[" + rows() + " rows × " + columns.length + " columns, " + task() + "]";
  }
}
