package org.fettle.executor.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.engine.EpochReport;
import org.fettle.optimizers.metric.Metrics;
import org.fettle.optimizers.metric.PredictionMetric;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;

/**
 * Follows the losses of a run over its epochs: every epoch of a short run, and of a longer one
 * about {@value #POINTS}, the last among them, so that neither prediction nor journal costs more
 * the longer a run trains.
 */
final class Curve {

  /** What the engine minimizes, without penalty. */
  static final String TRAINING_LOSS = "training-loss";

  /** Log loss, or the squared error in squared deviations of the training targets. */
  static final String VALIDATION_LOSS = "validation-loss";

  private static final int POINTS = 25;

  private static final PredictionMetric LOG_LOSS = metric("log-loss");
  private static final PredictionMetric SQUARED_ERROR = metric("mse");

  /**
   * What is watched.
   *
   * @param epochs of the training
   * @param targets of the rows as the loss takes them
   * @param rawTargets the same in the data's own units
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by no one
  record Watched(int epochs, float[] targets, float[] rawTargets) {}

  private final TrialTask trial;
  private final Work.Train work;
  private final Task task;
  private final Preprocessing preprocessing;
  private final Reporter reporter;
  private final int stride;
  private final int last;
  private final float[] targets;
  private final float[] rawTargets;
  private final List<Report> reports = new ArrayList<>();
  private long nanos;

  /**
   * A curve of a run, on the rows that the run does not train on but watches.
   *
   * @param last epoch of the run
   * @param before what it reported before it was interrupted
   */
  Curve(
      TrialTask trial,
      Work.Train work,
      Task task,
      Preprocessing preprocessing,
      Watched watched,
      int last,
      List<Report> before,
      Reporter reporter) {
    this.trial = trial;
    this.work = work;
    this.task = task;
    this.reporter = reporter;
    this.preprocessing = preprocessing;
    this.last = last;
    int epochs = watched.epochs();
    stride = work.pace() == Work.Pace.EVERY_EPOCH ? 1 : (epochs + POINTS - 1) / POINTS;
    reports.addAll(before);
    targets = watched.targets();
    rawTargets = watched.rawTargets();
  }

  private static PredictionMetric metric(String name) {
    return (PredictionMetric) Metrics.named(name);
  }

  void epochEnded(EpochReport report) {
    long start = System.nanoTime();
    if (report.epoch() % stride == 0 || report.epoch() == last) {
      Report made = new Report(work.fold(), report.epoch(), measure(report));
      reports.add(made);
      reporter.report(trial.trial(), made);
    }
    nanos += System.nanoTime() - start;
  }

  private Measurement measure(EpochReport report) {
    Map<String, Double> values = new LinkedHashMap<>();
    put(values, TRAINING_LOSS, report::trainingLoss);
    FloatMatrix predictions = report.validationPredictions().get();
    PredictionMetric loss = task instanceof Task.Classification ? LOG_LOSS : SQUARED_ERROR;
    put(values, VALIDATION_LOSS, () -> loss.value(predictions, targets));
    FloatMatrix unscaled = preprocessing.unscaled(predictions);
    for (String name : work.followed()) {
      if (Metrics.named(name) instanceof PredictionMetric metric) {
        put(values, name, () -> metric.value(unscaled, rawTargets));
      }
    }
    return new Measurement(values);
  }

  private static void put(Map<String, Double> values, String name, Supplier<Double> value) {
    double given = value.get();
    if (Double.isFinite(given)) {
      values.put(name, given);
    }
  }

  List<Report> reports() {
    return List.copyOf(reports);
  }

  /** Time that was spent here, and not on training. */
  double seconds() {
    return nanos * 1e-9;
  }
}
