package org.fettle.driver.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fettle.driver.job.DataSpec;
import org.fettle.driver.job.Problems;
import org.fettle.driver.job.ValidationSpec;
import org.fettle.executor.data.Column;
import org.fettle.executor.data.Keys;
import org.fettle.executor.data.Table;
import org.fettle.optimizers.network.Shape;

/**
 * Reads a study's data with Spark's own readers into one table on the driver, and says everything
 * that is wrong with it.
 */
public final class DataReader {

  /** Of the driver's heap; the rest is for the copy being read and for Spark. */
  private static final int FRACTION = 4;

  private final SparkSession spark;
  private final Problems problems;
  private final long limit;

  public DataReader(SparkSession spark, Problems problems) {
    this(spark, problems, Runtime.getRuntime().maxMemory() / FRACTION);
  }

  DataReader(SparkSession spark, Problems problems, long limit) {
    this.spark = spark;
    this.problems = problems;
    this.limit = limit;
  }

  /**
   * Returns the rows, or nothing after adding what is wrong to the problems.
   *
   * @param dividing a column that divides the rows, and is no feature
   */
  public Optional<StudyRows> read(DataSpec spec, Optional<ValidationSpec.Column> dividing) {
    return read(spec, dividing, Keeping.HERE);
  }

  /** Where rows are kept. */
  private enum Keeping {
    HERE,
    SPREAD
  }

  /**
   * The same, but the rows stay on the executors, and the table here has their targets alone.
   *
   * @param dividing a column that divides the rows, and is no feature
   */
  public Optional<StudyRows> spread(DataSpec spec, Optional<ValidationSpec.Column> dividing) {
    if (spec.format() == DataSpec.Format.LIBSVM) {
      problems.add(
          "data.format",
          "libsvm",
          "must be csv or parquet beside placement: cluster",
          "Spark converts it: spark.read().format(\"libsvm\") … write().parquet(…)");
      return Optional.empty();
    }
    return read(spec, dividing, Keeping.SPREAD);
  }

  private Optional<StudyRows> read(
      DataSpec spec, Optional<ValidationSpec.Column> dividing, Keeping keeping) {
    if (!checkExists(spec.source())) {
      return Optional.empty();
    }
    try {
      Source source = Source.of(spark, spec);
      long count = source.schema().isEmpty() ? 0 : source.rows().count();
      if (count == 0) {
        problems.add("data.source", "must hold rows, but " + spec.source() + " has none");
        return Optional.empty();
      }
      Optional<Features> features = Features.of(spec, dividing, source.schema(), problems);
      if (features.isPresent() && keeping == Keeping.SPREAD) {
        return new SpreadReader(spec, problems).read(source, features.get(), dividing);
      }
      if (features.isEmpty() || tooLarge(count, source.rows(), features.get())) {
        return Optional.empty();
      }
      return rows(spec, features.get(), dividing, source);
    } catch (Exception e) {
      if (!readerFailure(e)) {
        throw e;
      }
      cannot("read", spec.source(), rootCause(e));
      return Optional.empty();
    }
  }

  /** Whether there is anything at the source; adds a problem if not. */
  public boolean checkExists(String source) {
    try {
      Path path = new Path(source);
      FileStatus[] found =
          path.getFileSystem(spark.sparkContext().hadoopConfiguration()).globStatus(path);
      if (found == null || found.length == 0) {
        problems.add("data.source", source, "must be a file or a folder that exists");
        return false;
      }
      return true;
    } catch (IOException | IllegalArgumentException e) {
      cannot("reach", source, e);
      return false;
    }
  }

  private void cannot(String verb, String source, Throwable reason) {
    problems.add("data.source", "Cannot %s %s: %s".formatted(verb, source, firstLine(reason)));
  }

  private boolean tooLarge(long count, Dataset<Row> rows, Features features) {
    int columns =
        features.isVector()
            ? rows.first().<Vector>getAs(features.vector()).size()
            : features.columns().size();
    long bytes = count * (columns + 1) * Double.BYTES;
    if (bytes > limit) {
      problems.add(
          "data.source",
          "%s for %d rows of %d columns".formatted(size(bytes), count, columns),
          "must take at most %s, a quarter of the driver's heap".formatted(size(limit)),
          "give the driver more memory with --driver-memory");
    }
    return bytes > limit;
  }

  private static String size(long bytes) {
    List<String> units = List.of("B", "KiB", "MiB", "GiB", "TiB");
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < units.size() - 1) {
      size /= 1024;
      unit++;
    }
    return (unit == 0 ? Long.toString(bytes) : String.format(Locale.ROOT, "%.1f", size))
        + " "
        + units.get(unit);
  }

  private Optional<StudyRows> rows(
      DataSpec spec, Features features, Optional<ValidationSpec.Column> dividing, Source source) {
    List<ColumnBuilder> builders = new ArrayList<>(features.builders());
    TargetBuilder target = new TargetBuilder(spec, problems);
    List<String> names = new ArrayList<>(features.columns());
    names.add(features.target());
    Optional<DividingColumn> divided = dividing.map(column -> new DividingColumn(column, problems));
    dividing.ifPresent(column -> names.add(column.name()));
    int number = 0;
    for (Iterator<Row> rows = source.select(names).toLocalIterator(); rows.hasNext(); ) {
      Row row = rows.next();
      number++;
      if (source.hasBroken() && !row.isNullAt(names.size())) {
        broken(number, row.getString(names.size()), source.schema().size());
        return Optional.empty();
      }
      if (features.isVector()) {
        add(row.getAs(0), builders);
      } else {
        for (int i = 0; i < builders.size(); i++) {
          builders.get(i).add(row.get(i));
        }
      }
      target.add(row.get(features.columns().size()));
      divided.ifPresent(column -> column.add(row.get(names.size() - 1)));
    }
    Optional<List<Column>> columns = new ColumnChecks(spec, problems).columns(builders);
    boolean sound = target.check();
    Optional<int[]> codes = divided.map(DividingColumn::codes).orElse(Optional.of(new int[0]));
    return columns
        .filter(every -> sound)
        .map(target::build)
        .flatMap(table -> shaped(spec, table))
        .flatMap(table -> codes.map(each -> new StudyRows(table, Keys.of(table, each))));
  }

  private Optional<Table> shaped(DataSpec spec, Table table) {
    if (spec.shape().isEmpty()) {
      return Optional.of(table);
    }
    try {
      return Optional.of(table.shaped(Shape.of(spec.shape())));
    } catch (IllegalArgumentException e) {
      problems.add("data.shape", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void broken(int number, String text, int columns) {
    problems.add(
        "data.source",
        text.replaceAll("\\R", " "),
        "must have %d values in row %d, as there are columns".formatted(columns, number));
  }

  private static void add(Vector vector, List<ColumnBuilder> builders) {
    for (int i = builders.size(); i < vector.size(); i++) {
      builders.add(ColumnBuilder.numeric("feature-" + (i + 1)));
    }
    double[] values = vector.toArray();
    for (int i = 0; i < values.length; i++) {
      builders.get(i).add(values[i]);
    }
  }

  private static boolean readerFailure(Exception e) {
    // Scala's checked exceptions are not declared, so javac knows nothing of AnalysisException.
    return e instanceof AnalysisException
        || e instanceof SparkException
        || e.getClass().getName().startsWith("org.apache.spark.")
        || rootCause(e) instanceof IOException;
  }

  private static Throwable rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
