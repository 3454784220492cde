package org.fettle.driver.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.fettle.executor.data.Cells;
import org.fettle.executor.data.Chunk;
import org.fettle.executor.data.Column;
import org.fettle.executor.data.Table;
import org.jspecify.annotations.Nullable;

/** Some neighbouring rows as they were read, before all the data is known. */
final class RawChunk implements Serializable {

  private static final long serialVersionUID = 1;

  /** Rows of a chunk: enough that a chunk costs little, few enough to be dealt out evenly. */
  static final int ROWS = 1024;

  final int first;

  /** {@code double[]}, NaN being a missing value, or {@code String[]}, null being one. */
  final Object[] columns;

  /** Whether all cells were text, so that texts may turn out to be numbers. */
  final boolean[] textOnly;

  final String[] targets;
  final @Nullable Object[] dividing;

  /** The number of the first row that is broken within the chunk, and its text. */
  final int broken;

  final String brokenText;

  private RawChunk(
      int first,
      Object[] columns,
      boolean[] textOnly,
      String[] targets,
      @Nullable Object[] dividing,
      int broken,
      String brokenText) {
    this.first = first;
    this.columns = columns;
    this.textOnly = textOnly;
    this.targets = targets;
    this.dividing = dividing;
    this.broken = broken;
    this.brokenText = brokenText;
  }

  /**
   * What rows have.
   *
   * @param text of each feature whether its cells are taken as text
   * @param divides whether a column that divides the rows stands behind the target
   * @param mayBeBroken whether the text of broken rows stands last
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by no one
  record Layout(boolean[] text, boolean divides, boolean mayBeBroken) implements Serializable {}

  /** The chunks of a part of the data, one after the other. */
  static Iterator<RawChunk> of(Iterator<Row> rows, int first, Layout layout) {
    return new Iterator<>() {
      private int next = first;

      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public RawChunk next() {
        if (!rows.hasNext()) {
          throw new NoSuchElementException();
        }
        List<Row> some = new ArrayList<>(ROWS);
        while (rows.hasNext() && some.size() < ROWS) {
          some.add(rows.next());
        }
        RawChunk chunk = of(some, next, layout);
        next += some.size();
        return chunk;
      }
    };
  }

  private static RawChunk of(List<Row> rows, int first, Layout layout) {
    int count = layout.text().length;
    Object[] columns = new Object[count];
    boolean[] textOnly = new boolean[count];
    for (int i = 0; i < count; i++) {
      textOnly[i] = true;
      if (layout.text()[i]) {
        String[] texts = new String[rows.size()];
        for (int row = 0; row < texts.length; row++) {
          Object cell = rows.get(row).get(i);
          textOnly[i] &= cell == null || cell instanceof String;
          texts[row] = text(cell);
        }
        columns[i] = texts;
      } else {
        double[] values = new double[rows.size()];
        for (int row = 0; row < values.length; row++) {
          values[row] = ColumnBuilder.number(rows.get(row).get(i));
        }
        columns[i] = values;
      }
    }
    String[] targets = new String[rows.size()];
    @Nullable Object[] dividing = new Object[layout.divides() ? rows.size() : 0];
    int broken = -1;
    String brokenText = "";
    for (int row = 0; row < targets.length; row++) {
      Row each = rows.get(row);
      Object cell = each.get(count);
      targets[row] = cell == null ? "" : Cells.text(cell).trim();
      if (layout.divides()) {
        dividing[row] = each.get(count + 1);
      }
      if (layout.mayBeBroken() && broken < 0 && !each.isNullAt(each.size() - 1)) {
        broken = row;
        brokenText = each.getString(each.size() - 1);
      }
    }
    return new RawChunk(first, columns, textOnly, targets, dividing, broken, brokenText);
  }

  private static @Nullable String text(@Nullable Object cell) {
    String text = cell == null ? "" : Cells.text(cell).trim();
    return Cells.MISSING.contains(text) ? null : text;
  }

  int rows() {
    return targets.length;
  }

  /** The same in terms of all the data. */
  Chunk chunk(Decoding decoding) {
    List<Column> decoded = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      decoded.add(decoding.column(i, columns[i]));
    }
    float[] values = new float[targets.length];
    for (int row = 0; row < values.length; row++) {
      values[row] = decoding.target(targets[row]);
    }
    Table table =
        decoding.labels().isEmpty()
            ? Table.regression(decoded, values)
            : Table.classification(decoded, decoding.labels(), values);
    return new Chunk(first, decoding.shape().map(table::shaped).orElse(table));
  }

  /** What all the data says of cells. */
  interface Decoding extends Serializable {
    Column column(int index, Object raw);

    float target(String cell);

    List<String> labels();

    Optional<org.fettle.optimizers.network.Shape> shape();
  }

  /** Indices of texts. */
  static int[] codes(String[] texts, Map<String, Integer> places) {
    int[] codes = new int[texts.length];
    for (int row = 0; row < codes.length; row++) {
      Integer place = texts[row] == null ? null : places.get(texts[row]);
      codes[row] = place == null ? -1 : place;
    }
    return codes;
  }
}
