package org.fettle.driver.data;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.fettle.driver.job.DataSpec;
import scala.collection.JavaConverters;

/**
 * The data as Spark's readers give it.
 *
 * @param schema the columns of the data
 * @param hasBroken whether the rows have {@link #BROKEN} besides
 */
record Source(Dataset<Row> rows, StructType schema, boolean hasBroken) {

  /** A column with the text of a row that has not as many values as there are columns, or null. */
  static final String BROKEN = "the row as it is written";

  static Source of(SparkSession spark, DataSpec spec) {
    // Else the order of rows, and so the folds, would depend on the number of cores.
    spark.conf().set("spark.sql.files.minPartitionNum", 1);
    return switch (spec.format()) {
      case CSV -> csv(spark, spec.source(), spec.csv().orElseThrow());
      case PARQUET -> plain(spark.read().parquet(spec.source()));
      case LIBSVM -> plain(spark.read().format("libsvm").load(spec.source()));
    };
  }

  private static Source plain(Dataset<Row> rows) {
    return new Source(rows, rows.schema(), false);
  }

  /** Reads twice: for the types, and for the values together with the rows that are broken. */
  private static Source csv(SparkSession spark, String source, DataSpec.Csv csv) {
    Dataset<Row> inferred = reader(spark, csv).option("inferSchema", true).csv(source);
    StructType schema = inferred.schema();
    return schema.isEmpty()
        ? plain(inferred)
        : new Source(withBroken(reader(spark, csv), inferred, source), schema, true);
  }

  /** CSV whose values stay text, with {@link #BROKEN}. */
  static Dataset<Row> texts(
      SparkSession spark, String source, DataSpec.Csv csv, boolean breaksInText) {
    DataFrameReader reader = reader(spark, csv).option("multiLine", breaksInText);
    Dataset<Row> rows = reader.csv(source);
    return rows.schema().isEmpty() ? rows : withBroken(reader, rows, source);
  }

  private static Dataset<Row> withBroken(DataFrameReader reader, Dataset<Row> rows, String source) {
    return reader
        // The name makes no sense as the name of a column, so it is none of the data's.
        .schema(rows.schema().add(BROKEN, DataTypes.StringType))
        .option("columnNameOfCorruptRecord", BROKEN)
        // Several files may name their columns in several orders.
        .option("enforceSchema", rows.inputFiles().length == 1)
        .csv(source);
  }

  private static DataFrameReader reader(SparkSession spark, DataSpec.Csv csv) {
    return spark
        .read()
        .option("mode", "PERMISSIVE")
        .option("header", csv.header())
        .option("sep", String.valueOf(csv.delimiter()))
        .option("quote", String.valueOf(csv.quote()))
        // A quote within quotes is doubled (RFC 4180); Spark's own default is a backslash.
        .option("escape", String.valueOf(csv.quote()))
        .option("multiLine", true)
        .option("ignoreLeadingWhiteSpace", true)
        .option("ignoreTrailingWhiteSpace", true);
  }

  /** The rows with these columns, and {@link #BROKEN} behind them where there is one. */
  Dataset<Row> select(List<String> names) {
    List<String> all = new ArrayList<>(names);
    if (hasBroken) {
      all.add(BROKEN);
    }
    return rows.select(JavaConverters.asScalaBuffer(all.stream().map(Source::column).toList()));
  }

  private static Column column(String name) {
    // Back-ticks, since a dot in a name would otherwise reach into a struct.
    return new Column("`" + name.replace("`", "``") + "`");
  }
}
