package org.fettle.driver.predict;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.fettle.executor.model.FettleModel;
import org.fettle.executor.model.InvalidRowsException;
import org.fettle.optimizers.data.FloatMatrix;
import org.jspecify.annotations.Nullable;

/** Scores the rows of a partition in their order, some hundreds at a time. */
final class PartitionScorer implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1;

  private static final int MOST_ROWS = 1024;
  private static final int MOST_CELLS = 1 << 18;

  private final Broadcast<LoadedModel> model;
  private final RowCells cells;
  private final int kept;

  /**
   * A scorer that keeps the first columns.
   *
   * @param kept how many; another one behind them has the text of rows that are broken
   */
  PartitionScorer(Broadcast<LoadedModel> model, RowCells cells, int kept) {
    this.model = model;
    this.cells = cells;
    this.kept = kept;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Scored(model.value().get(), rows);
  }

  private final class Scored implements Iterator<Row> {

    private final FettleModel loaded;
    private final Iterator<Row> rows;
    private final int size;
    private final List<Row> batch = new ArrayList<>();
    private FloatMatrix scores = new FloatMatrix(0, 0, new float[0]);
    private long before;
    private int next;

    Scored(FettleModel loaded, Iterator<Row> rows) {
      this.loaded = loaded;
      this.rows = rows;
      this.size = Math.max(1, Math.min(MOST_ROWS, MOST_CELLS / loaded.features().size()));
    }

    @Override
    public boolean hasNext() {
      return next < batch.size() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (next == batch.size()) {
        fetch();
      }
      Row row = batch.get(next);
      int added = loaded.labels().isEmpty() ? 1 : 2;
      @Nullable Object[] values = new Object[kept + added];
      for (int i = 0; i < kept; i++) {
        values[i] = row.get(i);
      }
      Outputs.put(loaded.prediction(scores, next), values, kept);
      next++;
      return RowFactory.create(values);
    }

    private void refuseBroken(Row row, long number) {
      if (row.size() > kept && !row.isNullAt(kept)) {
        throw new InvalidRowsException(
            List.of(
                "row %d must have %d values, as there are columns, but was %s; --multi-line if it"
                        .formatted(number + 1, kept, row.getString(kept).replaceAll("\\R", " "))
                    + " has line breaks in quotes"));
      }
    }

    private void fetch() {
      before += batch.size();
      batch.clear();
      next = 0;
      List<@Nullable Object[]> all = new ArrayList<>();
      try {
        while (batch.size() < size && rows.hasNext()) {
          Row row = rows.next();
          refuseBroken(row, before + batch.size());
          batch.add(row);
          all.add(cells.of(row));
        }
        scores = loaded.scores(all, before);
      } catch (InvalidRowsException e) {
        throw e.within("partition " + TaskContext.getPartitionId() + " of the input");
      }
    }
  }
}
