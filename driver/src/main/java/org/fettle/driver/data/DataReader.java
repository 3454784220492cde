package org.fettle.driver.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fettle.driver.job.DataSpec;
import org.fettle.driver.job.Problems;
import org.fettle.executor.data.Column;
import org.fettle.executor.data.Table;
import scala.collection.JavaConverters;

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

  /** Returns the table, or nothing after adding what is wrong to the problems. */
  public Optional<Table> read(DataSpec spec) {
    if (!checkExists(spec.source())) {
      return Optional.empty();
    }
    try {
      Dataset<Row> rows = load(spec);
      Optional<Features> features = Features.of(spec, rows.schema(), problems);
      if (features.isEmpty() || tooLarge(rows, features.get())) {
        return Optional.empty();
      }
      return table(spec, features.get(), rows);
    } catch (Exception e) {
      if (!readerFailure(e)) {
        throw e;
      }
      problems.add("data.source", spec.source(), "cannot be read: " + firstLine(rootCause(e)));
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
      problems.add("data.source", source, "cannot be reached: " + firstLine(e));
      return false;
    }
  }

  private Dataset<Row> load(DataSpec spec) {
    DataFrameReader reader = spark.read();
    return switch (spec.format()) {
      case CSV -> csv(reader, spec.csv().orElseThrow()).csv(spec.source());
      case PARQUET -> reader.parquet(spec.source());
      case LIBSVM -> reader.format("libsvm").load(spec.source());
    };
  }

  private static DataFrameReader csv(DataFrameReader reader, DataSpec.Csv csv) {
    return reader
        .option("header", csv.header())
        .option("sep", String.valueOf(csv.delimiter()))
        .option("quote", String.valueOf(csv.quote()))
        // A quote within quotes is doubled (RFC 4180); Spark's own default is a backslash.
        .option("escape", String.valueOf(csv.quote()))
        .option("inferSchema", true)
        .option("ignoreLeadingWhiteSpace", true)
        .option("ignoreTrailingWhiteSpace", true)
        // A row that is cut short would otherwise count as one with missing values.
        .option("mode", "FAILFAST");
  }

  private boolean tooLarge(Dataset<Row> rows, Features features) {
    long count = rows.count();
    long width = features.isVector() ? rows.first().<Vector>getAs(features.vector()).size() : 0;
    long bytes = count * (features.columns().size() + width + 1) * Double.BYTES;
    if (bytes > limit) {
      problems.add(
          "data.source",
          count + " rows × " + Math.max(width, features.columns().size()) + " columns",
          "must fit a broadcast of at most %s, a quarter of the driver's heap, but takes %s"
              .formatted(mebibytes(limit), mebibytes(bytes)),
          "give the driver more memory with --driver-memory");
    }
    if (count == 0) {
      problems.add("data.source", "no rows", "must hold rows");
    }
    return bytes > limit || count == 0;
  }

  private static String mebibytes(long bytes) {
    return "%.1f MiB".formatted(bytes / (double) (1 << 20));
  }

  private Optional<Table> table(DataSpec spec, Features features, Dataset<Row> rows) {
    List<ColumnBuilder> builders = new ArrayList<>(features.builders());
    TargetBuilder target = new TargetBuilder(spec, problems);
    List<String> names = new ArrayList<>(features.columns());
    names.add(features.target());
    Dataset<Row> selected =
        rows.select(
            JavaConverters.asScalaBuffer(names.stream().map(DataReader::column).toList()).toSeq());
    for (Iterator<Row> cells = selected.toLocalIterator(); cells.hasNext(); ) {
      Row row = cells.next();
      if (features.isVector()) {
        add(row.getAs(0), builders);
      } else {
        for (int i = 0; i < builders.size(); i++) {
          builders.get(i).add(row.get(i));
        }
      }
      target.add(row.get(row.size() - 1));
    }
    List<Column> columns = builders.stream().map(ColumnBuilder::build).toList();
    new ColumnChecks(spec, problems).check(columns);
    return problems.isEmpty() ? target.build(columns) : noTable(target, columns);
  }

  /** Lets the target say its problems too. */
  private static Optional<Table> noTable(TargetBuilder target, List<Column> columns) {
    target.build(columns);
    return Optional.empty();
  }

  private static org.apache.spark.sql.Column column(String name) {
    // Back-ticks, since a dot in a name would otherwise reach into a struct.
    return new org.apache.spark.sql.Column("`" + name.replace("`", "``") + "`");
  }

  private static void add(Vector vector, List<ColumnBuilder> builders) {
    for (int i = builders.size(); i < vector.size(); i++) {
      builders.add(ColumnBuilder.numeric("feature-" + (i + 1)));
    }
    for (int i = 0; i < vector.size(); i++) {
      builders.get(i).add(vector.apply(i));
    }
  }

  private static boolean readerFailure(Exception e) {
    // Scala's checked exceptions are not declared, so javac knows nothing of AnalysisException.
    return e instanceof AnalysisException
        || e instanceof org.apache.spark.SparkException
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
