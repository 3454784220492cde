package org.fettle.executor.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fettle.executor.data.PreparedFold;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.task.RunReport;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.engine.Continuation;
import org.fettle.optimizers.engine.EpochReport;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.metric.Metrics;
import org.fettle.optimizers.metric.PredictionMetric;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;

/**
 * Measures the rows that a run watches, and reports: after each epoch what the study listens for,
 * at once; and the losses, for its end, after every epoch of a short run, and of a longer one about
 * {@value #POINTS}, the last among them, so that neither prediction nor journal costs more the
 * longer a run trains. A run is not stopped here: who does not like what is reported cancels the
 * trial, which interrupts the training.
 */
final class EpochReports implements RunListener {

  /** What the engine minimizes, without penalty. */
  private static final String TRAINING_LOSS = "training-loss";

  /** Log loss, or the squared error as part of the squared deviation from the mean. */
  private static final String VALIDATION_LOSS = "validation-loss";

  private static final int POINTS = 25;

  private static final PredictionMetric LOG_LOSS = (PredictionMetric) Metrics.named("log-loss");
  private static final PredictionMetric R2 = (PredictionMetric) Metrics.named("r2");

  private final TrialTask task;
  private final Work.Train work;
  private final Preprocessing preprocessing;
  private final float[] rawTargets;
  private final int epochs;
  private final Reporter reporter;
  private final List<PredictionMetric> metrics = new ArrayList<>();
  private final List<Report> reports = new ArrayList<>();
  private long nanos;

  /**
   * A listener to one run.
   *
   * @param run which may watch other rows than those that judge the fold
   */
  EpochReports(
      TrialTask task, Work.Train work, PreparedFold fold, TrainingRun run, Reporter reporter) {
    this.task = task;
    this.work = work;
    this.preprocessing = fold.preprocessing();
    this.rawTargets =
        run.validation().equals(fold.validation())
            ? fold.rawTargets()
            : preprocessing.unscaledTargets(run.validation().orElseThrow().targets());
    this.epochs = run.spec().epochs();
    this.reporter = reporter;
    for (String name : work.reported()) {
      if (Metrics.named(name) instanceof PredictionMetric metric) {
        metrics.add(metric);
      }
    }
  }

  @Override
  public Continuation epochEnded(int run, EpochReport epoch) {
    long start = System.nanoTime();
    int stride = (epochs + POINTS - 1) / POINTS;
    boolean point = epoch.epoch() % stride == 0 || epoch.epoch() == epochs;
    if (point || !metrics.isEmpty()) {
      Map<String, Double> values = new LinkedHashMap<>();
      FloatMatrix predictions = preprocessing.unscaled(epoch.validationPredictions().get());
      metrics.forEach(metric -> put(values, metric.name(), metric.value(predictions, rawTargets)));
      if (point) {
        put(values, TRAINING_LOSS, epoch.trainingLoss());
        put(values, VALIDATION_LOSS, loss(predictions));
      }
      report(new Report(work.fold(), epoch.epoch(), new Measurement(values)));
    }
    nanos += System.nanoTime() - start;
    return Continuation.GO_ON;
  }

  private double loss(FloatMatrix predictions) {
    return predictions.columns() == 1
        ? 1 - R2.value(predictions, rawTargets)
        : LOG_LOSS.value(predictions, rawTargets);
  }

  private static void put(Map<String, Double> values, String name, double value) {
    if (Double.isFinite(value)) {
      values.put(name, value);
    }
  }

  private void report(Report report) {
    reports.add(report);
    if (!metrics.isEmpty()) {
      reporter.report(new RunReport(task.study(), task.trial(), report));
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
