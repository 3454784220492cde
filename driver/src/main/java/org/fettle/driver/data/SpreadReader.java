package org.fettle.driver.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.fettle.driver.job.DataSpec;
import org.fettle.driver.job.Problems;
import org.fettle.driver.job.ValidationSpec;
import org.fettle.executor.data.Chunk;
import org.fettle.executor.data.Column;
import org.fettle.executor.data.Keys;
import org.fettle.executor.data.Table;
import org.fettle.optimizers.network.Shape;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Reads data that no machine is to have as a whole: it stays in chunks on the executors. To the
 * driver come the target and the column that divides the rows, a number of each row, and what there
 * is of categories.
 */
final class SpreadReader {

  private final DataSpec spec;
  private final Problems problems;

  SpreadReader(DataSpec spec, Problems problems) {
    this.spec = spec;
    this.problems = problems;
  }

  /** What chunks say of all columns. */
  @SuppressWarnings("ArrayRecordComponent") // compared by no one
  private record Facts(
      int first,
      int rows,
      List<ColumnFacts> columns,
      String[] targets,
      @Nullable Object[] dividing,
      int broken,
      String brokenText)
      implements Serializable {

    static Facts of(RawChunk chunk) {
      List<ColumnFacts> columns =
          new ArrayList<>(
              IntStream.range(0, chunk.columns.length)
                  .mapToObj(i -> ColumnFacts.of(chunk, i))
                  .toList());
      return new Facts(
          chunk.first,
          chunk.rows(),
          columns,
          chunk.targets,
          chunk.dividing,
          chunk.broken,
          chunk.brokenText);
    }
  }

  Optional<StudyRows> read(
      Source source, Features features, Optional<ValidationSpec.Column> dividing) {
    List<String> names = new ArrayList<>(features.columns());
    names.add(features.target());
    dividing.ifPresent(column -> names.add(column.name()));
    List<ColumnBuilder> builders = features.builders();
    boolean[] text = new boolean[builders.size()];
    for (int i = 0; i < text.length; i++) {
      text[i] = builders.get(i) instanceof ColumnBuilder.Text;
    }
    RawChunk.Layout layout = new RawChunk.Layout(text, dividing.isPresent(), source.hasBroken());
    JavaRDD<RawChunk> raw = chunks(source.select(names).javaRDD(), layout);
    List<Facts> facts = new ArrayList<>(raw.map(Facts::of).collect());
    facts.sort((one, other) -> Integer.compare(one.first(), other.first()));
    Optional<Facts> broken = facts.stream().filter(each -> each.broken() >= 0).findFirst();
    if (broken.isPresent()) {
      int row = broken.get().first() + broken.get().broken() + 1;
      problems.add(
          "data.source",
          broken.get().brokenText().replaceAll("\\R", " "),
          "must have %d values in row %d, as there are columns"
              .formatted(source.schema().size(), row));
      return Optional.empty();
    }
    Optional<StudyRows> rows = rows(features, dividing, facts, raw);
    if (rows.isEmpty()) {
      raw.unpersist();
    }
    return rows;
  }

  /** Rows are numbered as they stand in the data, and then dealt out over the executors. */
  private static JavaRDD<RawChunk> chunks(JavaRDD<Row> rows, RawChunk.Layout layout) {
    List<Integer> counts =
        rows.mapPartitions(
                part -> {
                  int count = 0;
                  while (part.hasNext()) {
                    part.next();
                    count = Math.addExact(count, 1);
                  }
                  return List.of(count).iterator();
                })
            .collect();
    int[] firsts = new int[counts.size()];
    for (int i = 1; i < firsts.length; i++) {
      firsts[i] = Math.addExact(firsts[i - 1], counts.get(i - 1));
    }
    int parts = Math.max(2, rows.context().defaultParallelism());
    JavaPairRDD<Integer, RawChunk> numbered =
        rows.mapPartitionsWithIndex((part, some) -> RawChunk.of(some, firsts[part], layout), false)
            .mapToPair(chunk -> new Tuple2<>(chunk.first / RawChunk.ROWS, chunk));
    return numbered
        .partitionBy(new HashPartitioner(parts))
        .values()
        .setName("rows as read")
        .persist(StorageLevel.MEMORY_AND_DISK_SER());
  }

  private Optional<StudyRows> rows(
      Features features,
      Optional<ValidationSpec.Column> dividing,
      List<Facts> facts,
      JavaRDD<RawChunk> raw) {
    Map<String, ColumnFacts> columns = new LinkedHashMap<>();
    TargetBuilder target = new TargetBuilder(spec, problems);
    Optional<DividingColumn> divided = dividing.map(column -> new DividingColumn(column, problems));
    for (Facts each : facts) {
      for (int i = 0; i < features.columns().size(); i++) {
        columns.merge(
            features.columns().get(i),
            each.columns().get(i),
            (before, next) -> {
              before.add(next);
              return before;
            });
      }
      Arrays.stream(each.targets()).forEach(target::add);
      divided.ifPresent(column -> Arrays.stream(each.dividing()).forEach(column::add));
    }
    boolean sound = new ColumnChecks(spec, problems).check(columns);
    sound &= target.check();
    Optional<int[]> codes = divided.map(DividingColumn::codes).orElse(Optional.of(new int[0]));
    if (!sound || codes.isEmpty()) {
      return Optional.empty();
    }
    List<Column> hollow = new ArrayList<>();
    List<Optional<List<String>>> categories = new ArrayList<>();
    columns.forEach(
        (name, of) -> {
          Optional<List<String>> sorted =
              of.isNumbers() ? Optional.empty() : Optional.of(Labels.sorted(of.texts()));
          categories.add(sorted);
          hollow.add(new Column.Elsewhere(name, sorted, of.rows(), of.digest()));
        });
    Table table = target.build(hollow);
    Optional<Shape> shape =
        spec.shape().isEmpty() ? Optional.empty() : Optional.of(Shape.of(spec.shape()));
    if (shape.isPresent()) {
      try {
        table = table.shaped(shape.get());
      } catch (IllegalArgumentException e) {
        problems.add("data.shape", String.valueOf(e.getMessage()));
        return Optional.empty();
      }
    }
    Decoder decoder = new Decoder(List.copyOf(columns.keySet()), categories, table);
    JavaRDD<Chunk> chunks =
        raw.map(chunk -> chunk.chunk(decoder))
            .setName("rows of " + spec.source())
            .persist(StorageLevel.MEMORY_AND_DISK_SER());
    return Optional.of(
        new StudyRows(
            table, Keys.of(table, codes.get()), Optional.of(new SpreadData(chunks, raw))));
  }

  /** Puts all that the data says of cells into plain collections, which go to the executors. */
  private static final class Decoder implements RawChunk.Decoding {

    private static final long serialVersionUID = 1;

    private final String[] names;
    private final String[][] categories;
    private final String[] labels;
    private final int[] dimensions;
    private transient @Nullable List<Map<String, Integer>> places;
    private transient @Nullable Map<String, Integer> classes;

    Decoder(List<String> names, List<Optional<List<String>>> categories, Table table) {
      this.names = names.toArray(String[]::new);
      this.categories = new String[names.size()][];
      for (int i = 0; i < this.categories.length; i++) {
        this.categories[i] =
            categories.get(i).map(each -> each.toArray(String[]::new)).orElse(new String[0]);
      }
      this.labels = table.labels().toArray(String[]::new);
      this.dimensions =
          table.shape().isEmpty()
              ? new int[0]
              : table.shape().get().dimensions().stream().mapToInt(Integer::intValue).toArray();
    }

    private static Map<String, Integer> indices(String[] of) {
      Map<String, Integer> indices = new HashMap<>();
      for (String each : of) {
        indices.put(each, indices.size());
      }
      return indices;
    }

    private synchronized Map<String, Integer> places(int column) {
      List<Map<String, Integer>> made = places;
      if (made == null) {
        made = Arrays.stream(categories).map(Decoder::indices).toList();
        places = made;
      }
      return made.get(column);
    }

    private synchronized Map<String, Integer> classes() {
      Map<String, Integer> made = classes;
      if (made == null) {
        made = indices(labels);
        classes = made;
      }
      return made;
    }

    @Override
    public Column column(int index, Object raw) {
      if (raw instanceof double[] values) {
        return new Column.Numeric(names[index], values);
      }
      String[] texts = (String[]) raw;
      if (categories[index].length > 0) {
        return new Column.Categorical(
            names[index], categories[index], RawChunk.codes(texts, places(index)));
      }
      double[] values = new double[texts.length];
      for (int row = 0; row < values.length; row++) {
        values[row] = texts[row] == null ? Double.NaN : Double.parseDouble(texts[row]);
      }
      return new Column.Numeric(names[index], values);
    }

    @Override
    public float target(String cell) {
      Integer index = classes().get(cell);
      return labels.length == 0 ? Float.parseFloat(cell) : index == null ? -1 : index;
    }

    @Override
    public List<String> labels() {
      return List.of(labels);
    }

    @Override
    public Optional<Shape> shape() {
      return dimensions.length == 0
          ? Optional.empty()
          : Optional.of(Shape.of(Arrays.stream(dimensions).boxed().toList()));
    }
  }
}
