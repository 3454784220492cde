package org.fettle.executor.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.fettle.executor.data.PreparedFold;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.metric.ConfusionMatrix;
import org.fettle.optimizers.metric.Metric;
import org.fettle.optimizers.metric.Metrics;
import org.fettle.optimizers.metric.PredictionMetric;
import org.fettle.optimizers.metric.RunMetric;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.search.study.Measurement;

/** Judges a trained model by a fold's validation rows. */
final class Judge {

  /** Beyond this a confusion matrix fills the journal, and nobody reads it. */
  private static final int MOST_CLASSES = 100;

  private static final int WARM_UP = 20;
  private static final int TIMES = 100;

  private final float[] rawTargets;
  private final Task task;
  private final TrainedModel model;
  private final FloatMatrix row;
  private final FloatMatrix predictions;

  /**
   * A judge of predictions that were made elsewhere.
   *
   * @param rawTargets of the rows, and predictions of them, in the data's own units
   * @param row any one, to see how long a prediction takes
   */
  Judge(
      float[] rawTargets, Task task, TrainedModel model, FloatMatrix predictions, FloatMatrix row) {
    this.rawTargets = rawTargets;
    this.task = task;
    this.model = model;
    this.predictions = predictions;
    this.row = row;
  }

  static Judge of(PreparedFold fold, Task task, TrainedModel model) {
    FloatMatrix features = fold.validation().orElseThrow().features();
    return new Judge(
        fold.rawTargets(),
        task,
        model,
        fold.preprocessing().unscaled(model.predict(features)),
        features.select(new int[] {0}));
  }

  /** Whether all predictions are numbers. */
  boolean finite() {
    for (float prediction : predictions.values()) {
      if (!Float.isFinite(prediction)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Every standard metric that suits the task and those asked for; one without a finite value here
   * is left out.
   */
  Measurement measure(List<String> asked, NetworkSpec network, double trainingSeconds) {
    Set<String> names = new TreeSet<>(asked);
    Map<String, Double> values = new LinkedHashMap<>();
    for (Metric metric : Metrics.all()) {
      if (metric.suits(task) && (metric.standard() || names.remove(metric.name()))) {
        put(values, metric, network, trainingSeconds);
      }
    }
    names.forEach(name -> put(values, Metrics.named(name), network, trainingSeconds));
    return new Measurement(values);
  }

  private void put(
      Map<String, Double> values, Metric metric, NetworkSpec network, double trainingSeconds) {
    double value = value(metric, network, trainingSeconds);
    if (Double.isFinite(value)) {
      values.put(metric.name(), value);
    }
  }

  private double value(Metric metric, NetworkSpec network, double trainingSeconds) {
    if (metric instanceof PredictionMetric ofPredictions) {
      return ofPredictions.value(predictions, rawTargets);
    }
    if (metric.equals(RunMetric.TRAINING_TIME)) {
      return trainingSeconds;
    }
    if (metric.equals(RunMetric.INFERENCE_LATENCY)) {
      return latency();
    }
    if (metric.equals(RunMetric.PARAMETER_COUNT)) {
      return network.parameterCount();
    }
    throw new AssertionError(metric);
  }

  /** Seconds to predict the first row alone: the median of {@value #TIMES} times. */
  private double latency() {
    double[] seconds = DoubleStream.generate(() -> seconds()).limit(WARM_UP + TIMES).toArray();
    double[] sorted = DoubleStream.of(seconds).skip(WARM_UP).sorted().toArray();
    return (sorted[TIMES / 2 - 1] + sorted[TIMES / 2]) / 2;
  }

  private double seconds() {
    long start = System.nanoTime();
    model.predict(row);
    return (System.nanoTime() - start) * 1e-9;
  }

  /** Which class's rows were taken for which class; nothing for a regression or many classes. */
  List<List<Long>> confusion() {
    return task instanceof Task.Classification && task.outputs() <= MOST_CLASSES
        ? ConfusionMatrix.of(predictions, rawTargets).counts()
        : List.of();
  }
}
