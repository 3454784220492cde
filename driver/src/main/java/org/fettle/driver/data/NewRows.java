package org.fettle.driver.data;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fettle.driver.job.DataSpec;

/**
 * Rows that a model is to predict. Unlike a study's, they are not gathered on the driver, and what
 * is in a CSV file stays text: the model knows what its columns are, and a second pass to guess
 * would cost as much as the prediction.
 */
public final class NewRows {

  /** How the rows are written. */
  public enum Format {
    CSV,
    PARQUET,
    LIBSVM,
    JSON
  }

  /** Whether quoted text in CSV may have line breaks, for which each file takes a single task. */
  public enum Lines {
    SPLIT,
    WHOLE
  }

  private NewRows() {}

  /**
   * The rows as Spark reads them; those of a file keep their order. {@link #BROKEN} is among the
   * columns of CSV.
   *
   * @param features how many numbers a row of libsvm has
   */
  public static Dataset<Row> read(
      SparkSession spark,
      String source,
      Format format,
      DataSpec.Csv csv,
      Lines lines,
      int features) {
    return switch (format) {
      case CSV -> Source.texts(spark, source, csv, lines == Lines.WHOLE);
      case PARQUET -> spark.read().parquet(source);
      case LIBSVM -> spark.read().format("libsvm").option("numFeatures", features).load(source);
      case JSON -> spark.read().json(source);
    };
  }

  /** The column of CSV that says what a row with too few or too many values looks like, or null. */
  public static final String BROKEN = Source.BROKEN;

  /** The format that the name of a file or folder tells. */
  public static Optional<Format> ofName(String source) {
    String name = source.toLowerCase(java.util.Locale.ROOT).replaceFirst("(\\.(gz|bz2))?/*$", "");
    return Optional.ofNullable(
        switch (name.substring(name.lastIndexOf('.') + 1)) {
          case "csv" -> Format.CSV;
          case "parquet" -> Format.PARQUET;
          case "libsvm", "svm" -> Format.LIBSVM;
          case "json", "jsonl" -> Format.JSON;
          default -> null;
        });
  }

  /** The columns without {@link #BROKEN}. */
  public static List<String> names(Dataset<Row> rows) {
    return List.of(rows.columns()).stream().filter(name -> !name.equals(BROKEN)).toList();
  }
}
