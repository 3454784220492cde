package org.fettle.driver.report;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.fettle.driver.study.Replay;
import org.fettle.driver.study.Score;
import org.fettle.driver.study.Timing;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.OrdinalParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.study.Goal;
import org.fettle.search.study.Lineage;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Trial;
import org.jspecify.annotations.Nullable;

/**
 * The trials as a Spark table, one row each: {@code number}, {@code outcome}, {@code code}, {@code
 * reason}, {@code origin}, {@code parent}, {@code started}, {@code ended}, {@code seconds}, {@code
 * places}, and two structs, {@code assignment} with a field for each parameter and {@code scores}
 * with a field for each metric.
 */
public final class TrialTable {

  private static final StructType SCORE =
      new StructType()
          .add("mean", DataTypes.DoubleType)
          .add("standardError", DataTypes.DoubleType)
          .add("folds", DataTypes.createArrayType(DataTypes.DoubleType));

  /** Of a metric of which the job looks at something else than the mean. */
  private static final StructType AGGREGATED = SCORE.add("aggregate", DataTypes.DoubleType);

  private final Replay study;
  private final List<Parameter> parameters;
  private final List<String> metrics;

  public TrialTable(Replay study) {
    this.study = study;
    this.parameters = study.history().spec().space().parameters();
    this.metrics = List.copyOf(TrialRows.metrics(study.history()));
  }

  /** Writes the table as Parquet, in one file, in place of what was there. */
  public void write(SparkSession spark, String uri) {
    List<Row> rows = study.history().trials().stream().map(this::row).toList();
    Dataset<Row> table = spark.createDataFrame(rows, schema());
    table.coalesce(1).write().mode(SaveMode.Overwrite).parquet(uri);
  }

  private StructType schema() {
    StructType schema =
        new StructType()
            .add("number", DataTypes.IntegerType, false)
            .add("outcome", DataTypes.StringType, false)
            .add("code", DataTypes.StringType)
            .add("reason", DataTypes.StringType)
            .add("origin", DataTypes.StringType, false)
            .add("parent", DataTypes.IntegerType)
            .add("started", DataTypes.TimestampType, false)
            .add("ended", DataTypes.TimestampType)
            .add("seconds", DataTypes.DoubleType, false)
            .add("places", DataTypes.createArrayType(DataTypes.StringType), false);
    // Parquet has no empty structs.
    if (!parameters.isEmpty()) {
      schema = schema.add("assignment", assignment());
    }
    return schema.add("scores", scores());
  }

  private StructType assignment() {
    return new StructType(
        parameters.stream()
            .map(each -> DataTypes.createStructField(each.name(), type(each), true))
            .toArray(StructField[]::new));
  }

  private StructType scores() {
    return new StructType(
        metrics.stream()
            .map(
                metric ->
                    DataTypes.createStructField(
                        metric, aggregated(metric).isPresent() ? AGGREGATED : SCORE, true))
            .toArray(StructField[]::new));
  }

  private Optional<Goal> aggregated(String metric) {
    return Score.aggregated(study.history().spec(), metric);
  }

  private static DataType type(Parameter parameter) {
    if (parameter instanceof DoubleParameter) {
      return DataTypes.DoubleType;
    }
    if (parameter instanceof IntegerParameter) {
      return DataTypes.LongType;
    }
    if (parameter instanceof CategoricalParameter categorical) {
      return type(categorical.choices());
    }
    if (parameter instanceof OrdinalParameter ordinal) {
      return type(ordinal.choices());
    }
    throw new AssertionError(parameter);
  }

  private static DataType type(List<Object> choices) {
    Map<Class<?>, DataType> types =
        Map.of(
            Long.class, DataTypes.LongType,
            Double.class, DataTypes.DoubleType,
            Boolean.class, DataTypes.BooleanType);
    long kinds = choices.stream().map(Object::getClass).distinct().count();
    return kinds == 1
        ? types.getOrDefault(choices.get(0).getClass(), DataTypes.StringType)
        : DataTypes.StringType;
  }

  private Row row(Trial trial) {
    Timing timing = study.timings().get(trial.number());
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(trial.number());
    cells.add(TrialRows.word(trial.state()));
    cells.add(trial.outcome().flatMap(Outcome::failure).map(Enum::name).orElse(null));
    cells.add(trial.outcome().flatMap(Outcome::explanation).orElse(null));
    cells.add(trial.origin());
    cells.add(trial.lineage().map(Lineage::parent).orElse(null));
    cells.add(timestamp(timing.started()));
    cells.add(timing.ended().map(TrialTable::timestamp).orElse(null));
    cells.add(timing.seconds());
    cells.add(TrialRows.places(study, trial).toArray());
    if (!parameters.isEmpty()) {
      cells.add(RowFactory.create(parameters.stream().map(each -> cell(each, trial)).toArray()));
    }
    Map<String, Score> scores = new LinkedHashMap<>(Score.of(trial));
    cells.add(
        RowFactory.create(
            metrics.stream()
                .map(metric -> cell(scores.get(metric), aggregated(metric)))
                .toArray()));
    return RowFactory.create(cells.toArray());
  }

  private static Timestamp timestamp(Instant at) {
    return Timestamp.from(at);
  }

  private static @Nullable Object cell(Parameter parameter, Trial trial) {
    Object value = trial.assignment().values().get(parameter.name());
    return value != null && type(parameter).equals(DataTypes.StringType) ? value.toString() : value;
  }

  private static @Nullable Object cell(@Nullable Score score, Optional<Goal> aggregated) {
    if (score == null) {
      return null;
    }
    Double error = Double.isNaN(score.standardError()) ? null : score.standardError();
    Object[] folds = score.folds().toArray();
    return aggregated
        .map(goal -> RowFactory.create(score.mean(), error, folds, score.value(goal)))
        .orElseGet(() -> RowFactory.create(score.mean(), error, folds));
  }
}
