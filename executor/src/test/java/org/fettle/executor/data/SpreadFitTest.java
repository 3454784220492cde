package org.fettle.executor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.network.Shape;
import org.junit.jupiter.api.Test;

class SpreadFitTest {

  private static final long SEED = Long.getLong("tests.seed", 1);

  private final Random random = new Random(SEED);

  private double[] numbers(int rows, double centre) {
    return random
        .doubles(rows)
        .map(each -> each < 0.1 ? Double.NaN : centre + random.nextGaussian())
        .toArray();
  }

  private Table mixed(int rows) {
    String[] categories = {"a", "b", "c", "d"};
    float[] targets = new float[rows];
    for (int row = 0; row < rows; row++) {
      targets[row] = (float) (1000 + random.nextGaussian());
    }
    return Table.regression(
        List.of(
            new Column.Numeric("near", numbers(rows, 0)),
            new Column.Numeric("far", numbers(rows, 1e6)),
            new Column.Categorical("word", categories, random.ints(rows, -1, 3).toArray()),
            new Column.Numeric("constant", new double[rows])),
        targets);
  }

  /** The same table without values, and its rows in chunks of different sizes, in any order. */
  private record Spread(Table hollow, List<Chunk> chunks) {}

  private Spread spread(Table table) {
    List<Chunk> chunks = new ArrayList<>();
    int first = 0;
    while (first < table.rows()) {
      int count = Math.min(table.rows() - first, 1 + random.nextInt(20));
      chunks.add(new Chunk(first, part(table, first, count)));
      first += count;
    }
    Collections.shuffle(chunks, random);
    List<Column> hollow =
        table.columns().stream()
            .<Column>map(
                column ->
                    new Column.Elsewhere(
                        column.name(),
                        column instanceof Column.Categorical c
                            ? Optional.of(List.of(c.categories()))
                            : Optional.empty(),
                        table.rows(),
                        "digest"))
            .toList();
    return new Spread(shaped(Table.regression(hollow, table.targets()), table), chunks);
  }

  private static Table part(Table table, int first, int count) {
    List<Column> columns = new ArrayList<>();
    for (Column column : table.columns()) {
      if (column instanceof Column.Numeric numeric) {
        double[] values = Arrays.copyOfRange(numeric.values(), first, first + count);
        columns.add(new Column.Numeric(column.name(), values));
      } else if (column instanceof Column.Categorical words) {
        int[] codes = Arrays.copyOfRange(words.codes(), first, first + count);
        columns.add(new Column.Categorical(column.name(), words.categories(), codes));
      }
    }
    float[] targets = Arrays.copyOfRange(table.targets(), first, first + count);
    return shaped(Table.regression(columns, targets), table);
  }

  private static Table shaped(Table plain, Table like) {
    return like.shape().map(plain::shaped).orElse(plain);
  }

  private static Preprocessing fit(Spread spread, RowSet rows) {
    List<Encoder> encoders =
        SpreadFit.encoders(
            spread.hollow(),
            spread.chunks().stream().map(chunk -> new SpreadFit.Counts(chunk, rows)).toList());
    return SpreadFit.preprocessing(
        spread.hollow(),
        encoders,
        spread.chunks().stream().map(chunk -> new SpreadFit.Sums(chunk, rows, encoders)).toList());
  }

  private void agrees(Table table) throws Exception {
    int[] training = random.ints(0, table.rows()).limit(60).distinct().sorted().toArray();
    Spread spread = spread(table);
    Preprocessing whole = Preprocessing.fit(table, training);
    Preprocessing parts = sent(fit(spread, RowSet.of(training)));
    assertThat(parts.width()).as("seed %d", SEED).isEqualTo(whole.width());
    assertThat(parts.shape()).isEqualTo(whole.shape());
    for (int i = 0; i < whole.width(); i++) {
      Moments expected = whole.moments()[i];
      Moments actual = parts.moments()[i];
      assertThat(actual.mean())
          .as("mean of feature %d, seed %d", i, SEED)
          .isCloseTo(expected.mean(), within(1e-9 * Math.max(1, Math.abs(expected.mean()))));
      assertThat(actual.deviation())
          .as("deviation of feature %d, seed %d", i, SEED)
          .isCloseTo(expected.deviation(), within(1e-6));
    }
    assertThat(parts.target().orElseThrow().mean())
        .isCloseTo(whole.target().orElseThrow().mean(), within(1e-6));
    Examples expected = whole.examples(table, new int[] {0, 1, 2});
    Examples actual = parts.examples(table, new int[] {0, 1, 2});
    assertThat(actual.features().values())
        .containsExactly(expected.features().values(), within(1e-4f));
  }

  /** As it goes to executors. */
  private static Preprocessing sent(Preprocessing preprocessing) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(preprocessing);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Preprocessing) in.readObject();
    }
  }

  @Test
  void fitsChunksAsItFitsATable() throws Exception {
    agrees(mixed(200));
  }

  @Test
  void fitsImagesAndSequencesInChunks() throws Exception {
    List<Column> columns =
        IntStream.range(0, 6)
            .<Column>mapToObj(i -> new Column.Numeric("x" + i, numbers(100, i)))
            .toList();
    float[] targets = new float[100];
    for (int row = 0; row < targets.length; row++) {
      targets[row] = row;
    }
    Table table = Table.regression(columns, targets);
    agrees(table.shaped(Shape.of(List.of(2, 1, 3))));
    agrees(table.shaped(Shape.of(List.of(3, 2))));
  }

  @Test
  void whatIsNotTrainedOnChangesNothing() {
    Table table = mixed(120);
    int[] training = IntStream.range(0, 80).toArray();
    Preprocessing before = fit(spread(table), RowSet.of(training));
    for (Column column : table.columns()) {
      if (column instanceof Column.Numeric numeric) {
        Arrays.fill(numeric.values(), 80, 120, 1e9);
      } else if (column instanceof Column.Categorical words) {
        Arrays.fill(words.codes(), 80, 120, 3);
      }
    }
    Preprocessing after = fit(spread(table), RowSet.of(training));

    assertThat(after.width()).isEqualTo(before.width());
    for (int i = 0; i < before.width(); i++) {
      assertThat(after.moments()[i].mean())
          .as("seed %d", SEED)
          .isCloseTo(before.moments()[i].mean(), within(1e-6));
    }
  }

  @Test
  void workersShareRowsEvenlyAndWithoutOverlap() {
    Table table = mixed(100);
    RowSet rows = RowSet.of(IntStream.range(0, 100).filter(row -> row % 3 != 0).toArray());
    int[][] counts = new int[4][1];
    List<Integer> all = new ArrayList<>();
    for (Chunk chunk : spread(table).chunks()) {
      for (int worker = 0; worker < 4; worker++) {
        for (int row : chunk.ofWorker(rows, worker, 4)) {
          all.add(chunk.first() + row);
          counts[worker][0]++;
        }
      }
    }
    assertThat(all).as("seed %d", SEED).hasSize(66).doesNotHaveDuplicates();
    assertThat(RowSet.of(all.stream().mapToInt(each -> each).toArray()).rows())
        .containsExactly(rows.rows());
    for (int[] count : counts) {
      assertThat(count[0]).isBetween(16, 17);
    }
  }
}
