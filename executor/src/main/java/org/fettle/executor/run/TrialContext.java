package org.fettle.executor.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.fettle.executor.checkpoint.RunCheckpoints;
import org.fettle.executor.checkpoint.RunProgress;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.task.RunPlace;
import org.fettle.executor.task.TrialTask;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;

/** What an objective knows of its trial. For the objective's own thread. */
public final class TrialContext {

  private final TrialTask task;
  private final Map<String, Object> parameters;
  private final RunPlace place;
  private final Reporter reporter;
  private final RunCheckpoints checkpoints;
  private final Optional<RunProgress> restored;
  private final List<Report> reports = new ArrayList<>();
  private final long start = System.nanoTime();
  private int saved;

  TrialContext(TrialTask task, Map<String, Object> parameters, Workplace workplace)
      throws IOException {
    this.checkpoints = workplace.checkpoints(task);
    this.restored = checkpoints.restored(Integer.MAX_VALUE);
    this.saved = checkpoints.last();
    restored.ifPresent(progress -> reports.addAll(progress.reports()));
    this.task = task;
    this.parameters = parameters;
    this.place = workplace.place();
    this.reporter = workplace.reporter();
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
    if (Thread.currentThread().isInterrupted() || reporter.isCancelled(task.trial())) {
      throw new CancellationException("Trial " + task.trial() + " was cancelled at step " + step);
    }
    Report report = new Report(0, step, measurement);
    reports.add(report);
    reporter.report(task.trial(), report);
  }

  /**
   * Leaves a checkpoint, so that the evaluation can go on from here when its executor is lost or
   * the study is resumed. It takes the place of the earlier ones but {@code checkpoint.keep}. In a
   * search by {@code pbt} the last one is what other trials go on from: leave it at the end.
   *
   * @param state all that {@link #restored} is to give back. Derive what is drawn later from {@link
   *     #seed} and how far you are, or put it in here
   * @throws CancellationException when the trial has been cancelled
   */
  public void checkpoint(byte[] state) {
    saved++;
    checkpoints.save(saved, new RunProgress(state, reports, seconds()));
  }

  /**
   * What was last given to {@link #checkpoint}: by this trial before it was interrupted, or else by
   * its parent in a search by {@code pbt}; empty where the evaluation is to begin anew. What this
   * trial had reported by then counts; it need not be reported again.
   */
  public Optional<byte[]> restored() {
    return restored.map(progress -> progress.state().clone());
  }

  /** How long the evaluation has worked, before it was interrupted as well. */
  double seconds() {
    return restored.map(RunProgress::seconds).orElse(0.0) + (System.nanoTime() - start) * 1e-9;
  }

  List<Report> reports() {
    return List.copyOf(reports);
  }
}
