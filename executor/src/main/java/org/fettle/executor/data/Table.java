package org.fettle.executor.data;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.fettle.optimizers.data.Task;

/**
 * The study's data: raw feature columns and a target for each row, in the order read. It goes to
 * each executor once, by broadcast. Immutable by convention: the arrays are shared.
 */
public final class Table implements Serializable {

  private static final long serialVersionUID = 1;

  private final Column[] columns;
  private final String[] labels;
  private final float[] targets;

  private Table(Column[] columns, String[] labels, float[] targets) {
    for (Column column : columns) {
      if (column.rows() != targets.length) {
        throw new IllegalArgumentException(
            "Column %s must have %d rows, as the target, but had %d"
                .formatted(column.name(), targets.length, column.rows()));
      }
    }
    this.columns = columns;
    this.labels = labels;
    this.targets = targets;
  }

  /**
   * A table for classification.
   *
   * @param labels the names of the classes
   * @param classes the index of each row's class
   */
  public static Table classification(List<Column> columns, List<String> labels, float[] classes) {
    return new Table(columns.toArray(Column[]::new), labels.toArray(String[]::new), classes);
  }

  /** A table for regression. */
  public static Table regression(List<Column> columns, float[] values) {
    return new Table(columns.toArray(Column[]::new), new String[0], values);
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

  /** SHA-256 over names, values and order: equal data has equal digests. */
  public String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (Column column : columns) {
        update(sha, column.name());
        if (column instanceof Column.Numeric numeric) {
          for (double value : numeric.values()) {
            sha.update(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
          }
        } else if (column instanceof Column.Categorical categorical) {
          for (int code : categorical.codes()) {
            update(sha, code < 0 ? "" : categorical.categories()[code]);
          }
        }
      }
      for (int row = 0; row < targets.length; row++) {
        update(sha, labels.length == 0 ? Float.toString(targets[row]) : labels[(int) targets[row]]);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JVM has SHA-256", e);
    }
  }

  private static void update(MessageDigest sha, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    sha.update(bytes);
  }

  @Override
  public String toString() {
    return "Table[" + rows() + " rows × " + columns.length + " columns, " + task() + "]";
  }
}
