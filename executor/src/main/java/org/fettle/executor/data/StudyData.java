package org.fettle.executor.data;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * What is broadcast to the executors: the table and its folds. No record, since Spark's own Kryo
 * cannot write one.
 */
public final class StudyData implements Serializable {

  private static final long serialVersionUID = 1;

  private final Table table;
  private final Folds folds;

  public StudyData(Table table, Folds folds) {
    requireNonNull(table, "table is null");
    requireNonNull(folds, "folds is null");
    if (folds.rows() != table.rows()) {
      throw new IllegalArgumentException(
          "Folds must be of the table's %d rows, but were of %d"
              .formatted(table.rows(), folds.rows()));
    }
    this.table = table;
    this.folds = folds;
  }

  public Table table() {
    return table;
  }

  public Folds folds() {
    return folds;
  }
}
