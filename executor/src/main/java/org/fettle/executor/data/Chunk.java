package org.fettle.executor.data;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.fettle.optimizers.data.Examples;

/**
 * Some neighbouring rows of data that no machine has as a whole. Columns have the categories, and
 * targets the classes, of all the data.
 */
public final class Chunk implements Serializable {

  private static final long serialVersionUID = 1;

  private final int first;
  private final Table table;

  /**
   * A part of the data.
   *
   * @param first the number of its first row in all the data
   */
  public Chunk(int first, Table table) {
    this.first = first;
    this.table = requireNonNull(table, "table is null");
  }

  /** The number of its first row in all the data. */
  public int first() {
    return first;
  }

  /** Its rows. */
  public Table table() {
    return table;
  }

  /** Which of its rows are among those, counted from its first. */
  int[] within(RowSet rows) {
    return rows.within(first, table.rows());
  }

  /** The rows among those that are a worker's: they are dealt out in turn. */
  public int[] ofWorker(RowSet rows, int worker, int workers) {
    int[] here = within(rows);
    int rank = rows.before(first);
    int start = Math.floorMod(worker - rank, workers);
    int count = start >= here.length ? 0 : (here.length - start + workers - 1) / workers;
    int[] own = new int[count];
    for (int i = 0; i < count; i++) {
      own[i] = here[start + i * workers];
    }
    return own;
  }

  /** Whether any of those rows is here. */
  public boolean hasAnyOf(RowSet rows) {
    return within(rows).length > 0;
  }

  /** Those rows that are here, prepared. There must be one. */
  public Examples examples(RowSet rows, Preprocessing preprocessing) {
    return preprocessing.examples(table, within(rows));
  }
}
