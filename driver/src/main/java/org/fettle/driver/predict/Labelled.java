package org.fettle.driver.predict;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.fettle.executor.data.Cells;
import org.fettle.executor.model.FettleModel;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.metric.Metric;
import org.fettle.optimizers.metric.Metrics;
import org.fettle.optimizers.metric.PredictionMetric;
import org.jspecify.annotations.Nullable;

/** Judges predictions of rows whose target is known. Those rows come to the driver. */
public final class Labelled {

  private final FettleModel model;
  private float[] predictions = new float[1024];
  private float[] targets = new float[1024];
  private int rows;
  private long unknown;

  private Labelled(FettleModel model) {
    this.model = model;
  }

  /**
   * Gathers rows that a model has transformed and that have its target.
   *
   * @param target the column of the target
   */
  public static Labelled of(FettleModel model, Dataset<Row> scored, String target) {
    Labelled labelled = new Labelled(model);
    boolean classes = !model.labels().isEmpty();
    Column said = new Column(classes ? Outputs.PROBABILITY : Outputs.PREDICTION);
    Dataset<Row> both = scored.select(Predicted.column(target), said);
    for (Iterator<Row> all = both.toLocalIterator(); all.hasNext(); ) {
      Row row = all.next();
      labelled.add(row.get(0), row);
    }
    return labelled;
  }

  private void add(@Nullable Object cell, Row row) {
    OptionalDouble target = target(cell);
    if (target.isEmpty()) {
      unknown++;
      return;
    }
    int outputs = Math.max(1, model.labels().size());
    if (rows == targets.length) {
      targets = Arrays.copyOf(targets, rows * 2);
    }
    while (predictions.length < (rows + 1) * outputs) {
      predictions = Arrays.copyOf(predictions, predictions.length * 2);
    }
    targets[rows] = (float) target.getAsDouble();
    if (model.labels().isEmpty()) {
      predictions[rows] = (float) row.getDouble(1);
    } else {
      Map<String, Double> probabilities = row.getJavaMap(1);
      for (int i = 0; i < outputs; i++) {
        predictions[rows * outputs + i] =
            probabilities.getOrDefault(model.labels().get(i), 0.0).floatValue();
      }
    }
    rows++;
  }

  private OptionalDouble target(@Nullable Object cell) {
    String text = cell == null ? "" : Cells.text(cell).trim();
    if (model.labels().isEmpty()) {
      return Cells.isNumber(text) && Float.isFinite(Float.parseFloat(text))
          ? OptionalDouble.of(Float.parseFloat(text))
          : OptionalDouble.empty();
    }
    int index = model.labels().indexOf(text);
    if (index < 0 && Cells.isNumber(text)) {
      index = model.labels().indexOf(Cells.text(Double.parseDouble(text)));
    }
    return index < 0 ? OptionalDouble.empty() : OptionalDouble.of(index);
  }

  /** How many rows were judged. */
  public long rows() {
    return rows;
  }

  /** How many rows were left out: without a target, or with one that the model does not know. */
  public long unknown() {
    return unknown;
  }

  /** The standard metrics that have a value. */
  public Map<String, Double> scores() {
    Map<String, Double> scores = new LinkedHashMap<>();
    if (rows == 0) {
      return scores;
    }
    List<String> labels = model.labels();
    Task task = labels.isEmpty() ? new Task.Regression() : new Task.Classification(labels.size());
    int outputs = task.outputs();
    FloatMatrix all = new FloatMatrix(rows, outputs, Arrays.copyOf(predictions, rows * outputs));
    float[] known = Arrays.copyOf(targets, rows);
    for (Metric metric : Metrics.all()) {
      if (metric instanceof PredictionMetric ofPredictions
          && metric.standard()
          && metric.suits(task)) {
        double value = ofPredictions.value(all, known);
        if (Double.isFinite(value)) {
          scores.put(metric.name(), value);
        }
      }
    }
    return scores;
  }
}
