package org.fettle.executor.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fettle.executor.data.PreparedFold;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.task.RunReport;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.engine.Continuation;
import org.fettle.optimizers.engine.EpochReport;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.metric.Metrics;
import org.fettle.optimizers.metric.PredictionMetric;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;

/**
 * Measures the validation rows of one run after each epoch, and reports it. A run is not stopped
 * here: who does not like what is reported cancels the trial, which interrupts the training.
 */
final class EpochReports implements RunListener {

  private final TrialTask task;
  private final Work.Train work;
  private final PreparedFold fold;
  private final Reporter reporter;
  private final List<PredictionMetric> metrics = new ArrayList<>();
  private final List<Report> reports = new ArrayList<>();

  EpochReports(TrialTask task, Work.Train work, PreparedFold fold, Reporter reporter) {
    this.task = task;
    this.work = work;
    this.fold = fold;
    this.reporter = reporter;
    for (String name : work.reported()) {
      if (Metrics.named(name) instanceof PredictionMetric metric) {
        metrics.add(metric);
      }
    }
  }

  @Override
  public Continuation epochEnded(int run, EpochReport epoch) {
    if (!metrics.isEmpty()) {
      Report report = new Report(work.fold(), epoch.epoch(), measured(epoch));
      reports.add(report);
      reporter.report(new RunReport(task.study(), task.trial(), report));
    }
    return Continuation.GO_ON;
  }

  private Measurement measured(EpochReport epoch) {
    FloatMatrix predictions = fold.preprocessing().unscaled(epoch.validationPredictions().get());
    Map<String, Double> values = new LinkedHashMap<>();
    for (PredictionMetric metric : metrics) {
      double value = metric.value(predictions, fold.rawTargets());
      if (Double.isFinite(value)) {
        values.put(metric.name(), value);
      }
    }
    return new Measurement(values);
  }

  List<Report> reports() {
    return List.copyOf(reports);
  }
}
