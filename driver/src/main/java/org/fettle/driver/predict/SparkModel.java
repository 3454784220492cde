package org.fettle.driver.predict;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.StructType;
import org.fettle.driver.data.NewRows;
import org.fettle.executor.model.FettleModel;
import org.fettle.executor.model.InvalidRowsException;
import org.fettle.executor.model.ModelFiles;
import org.jspecify.annotations.Nullable;

/**
 * The final model of a study for Datasets and SQL. It goes to each executor once, and is loaded
 * there once. For any threads.
 */
public final class SparkModel {

  private final SparkSession spark;
  private final FettleModel model;
  private final Broadcast<LoadedModel> broadcast;

  private SparkModel(SparkSession spark, LoadedModel loaded) {
    this.spark = spark;
    this.model = loaded.get();
    this.broadcast = JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(loaded);
  }

  /**
   * Loads a model with the file systems that Spark has.
   *
   * @param uri of a study's folder, of the {@code model} in it, or of its {@code result.json}
   * @throws IOException where there is no model, or none that this release can read
   */
  public static SparkModel load(SparkSession spark, String uri) throws IOException {
    ModelFiles files =
        ModelFiles.anywhere(
            uri, JavaSparkContext.fromSparkContext(spark.sparkContext()).hadoopConfiguration());
    return new SparkModel(spark, new LoadedModel(files));
  }

  /** The model as it is loaded here. */
  public FettleModel model() {
    return model;
  }

  /**
   * The rows with the columns {@code prediction} (the most probable class as text, or a double)
   * and, of classes, {@code probability} (a map from classes to doubles) behind their own. Rows
   * keep their order and partitions. Columns are found by name; a column {@code features} of
   * vectors will do. A last column {@link NewRows#BROKEN} is dropped, and must be null.
   *
   * @throws InvalidRowsException saying which columns are not there or cannot be used; what is
   *     wrong with a row fails the job that comes to it, with such an exception as the cause
   */
  public Dataset<Row> transform(Dataset<Row> rows) {
    int broken = rows.schema().getFieldIndex(NewRows.BROKEN).isDefined() ? 1 : 0;
    int kept = rows.schema().size() - broken;
    StructType schema = new StructType(Arrays.copyOf(rows.schema().fields(), kept));
    RowCells cells = RowCells.of(model, schema);
    List<String> problems = new ArrayList<>();
    for (String name : Outputs.addTo(new StructType(), model).fieldNames()) {
      for (String given : schema.fieldNames()) {
        if (given.equalsIgnoreCase(name)) {
          problems.add("column " + given + " must not be there already; rename or drop it");
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidRowsException(problems);
    }
    return rows.mapPartitions(
        new PartitionScorer(broadcast, cells, kept), Encoders.row(Outputs.addTo(schema, model)));
  }

  /**
   * Registers a function of SQL: {@code score(struct(*))} is a struct of what {@link #transform}
   * adds. It predicts row by row, which is slower.
   */
  public void register(String name) {
    spark.udf().register(name, new RowScorer(broadcast), Outputs.addTo(new StructType(), model));
  }

  /** Scores one row. */
  private static final class RowScorer implements UDF1<Row, Row> {

    private static final long serialVersionUID = 1;

    private final Broadcast<LoadedModel> broadcast;

    RowScorer(Broadcast<LoadedModel> broadcast) {
      this.broadcast = broadcast;
    }

    @Override
    public Row call(Row row) {
      FettleModel model = broadcast.value().get();
      RowCells places = RowCells.of(model, row.schema());
      @Nullable Object[] values = new Object[model.labels().isEmpty() ? 1 : 2];
      Outputs.put(
          model.prediction(model.scores(Collections.singletonList(places.of(row)), 0), 0),
          values,
          0);
      return RowFactory.create(values);
    }
  }
}
