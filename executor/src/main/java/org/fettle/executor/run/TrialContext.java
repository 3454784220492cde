package org.fettle.executor.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.task.RunPlace;
import org.fettle.executor.task.RunReport;
import org.fettle.executor.task.TrialTask;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;

/** What an objective knows of its trial. For the objective's own thread. */
public final class TrialContext {

  private final TrialTask task;
  private final Map<String, Object> parameters;
  private final RunPlace place;
  private final Reporter reporter;
  private final List<Report> reports = new ArrayList<>();

  TrialContext(TrialTask task, Map<String, Object> parameters, RunPlace place, Reporter reporter) {
    this.task = task;
    this.parameters = parameters;
    this.place = place;
    this.reporter = reporter;
  }

  /** The trial's number, from 0. */
  public int trial() {
    return task.trial();
  }

  /** For all randomness of the evaluation, so that a study can be repeated. */
  public long seed() {
    return task.seed();
  }

  /**
   * The job file's {@code parameters} with a value in the place of each search domain: numbers are
   * {@code Long} or {@code Double}, groups are maps, lists are lists.
   */
  public Map<String, Object> parameters() {
    return parameters;
  }

  /** A number among the top-level parameters. */
  public double number(String name) {
    return parameter(name, Number.class).doubleValue();
  }

  /** A whole number among the top-level parameters. */
  public long integer(String name) {
    return parameter(name, Long.class);
  }

  /** A text among the top-level parameters. */
  public String text(String name) {
    return parameter(name, String.class);
  }

  private <T> T parameter(String name, Class<T> type) {
    Object value = parameters.get(name);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "Parameter %s must be a %s among %s, but was %s"
              .formatted(name, type.getSimpleName(), parameters.keySet(), value));
    }
    return type.cast(value);
  }

  /**
   * Addresses of the GPUs that Spark assigned to the trial, as its discovery script gave them,
   * usually the numbers that CUDA counts them by; none without {@code
   * spark.task.resource.gpu.amount}. The objective is to use no others.
   */
  public List<String> devices() {
    return place.devices();
  }

  /**
   * Says how far the evaluation is, without waiting for anyone. A pruner may cancel the trial for
   * what it hears.
   *
   * @param step how much budget was used, usually epochs, from 1
   * @throws CancellationException when the trial has been cancelled
   */
  public void report(int step, Measurement measurement) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("Trial " + task.trial() + " was cancelled at step " + step);
    }
    Report report = new Report(0, step, measurement);
    reports.add(report);
    reporter.report(new RunReport(task.study(), task.trial(), report));
  }

  List<Report> reports() {
    return List.copyOf(reports);
  }
}
