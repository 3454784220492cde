package org.fettle.driver.report.tensorboard;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.study.StudyFollower;
import org.fettle.driver.study.StudyLog;
import org.fettle.driver.study.Timing;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.Trial;

/**
 * Writes {@code tensorboard/} in a study's folder: a run of TensorBoard for each trial, {@code
 * trial-00017}, whose one file appears whole when the trial ends, so that it needs no file system
 * that appends. In it are the trial's scores, its curves as {@code metric/mean} and {@code
 * metric/fold-2} by step, and its assignment for the HParams plugin.
 */
public final class TensorBoardFiles implements StudyFollower {

  private final StudyFolder folder;
  private final StudyLog log;
  private boolean begun;

  /**
   * Files of a study.
   *
   * @param log hears of events before this does
   */
  public TensorBoardFiles(StudyFolder folder, StudyLog log) {
    this.folder = folder;
    this.log = log;
  }

  @Override
  public void happened(List<JournalEvent> events) {
    if (!begun) {
      begun = true;
      JournalEvent.StudyCreated first = log.view().begun();
      EventFile file = new EventFile(first.at());
      file.plugin(
          first.at(),
          HParams.EXPERIMENT,
          HParams.PLUGIN,
          HParams.experiment(log.view().replay().history().spec(), first.at()));
      write("", first.at(), file);
    }
    for (JournalEvent event : events) {
      if (event instanceof JournalEvent.TrialEnded ended) {
        trial(ended);
      }
    }
  }

  private void trial(JournalEvent.TrialEnded ended) {
    Trial trial = log.view().replay().history().trial(ended.trial());
    Timing timing = log.view().replay().timings().get(ended.trial());
    String name = "trial-%05d".formatted(trial.number());
    EventFile file = new EventFile(timing.started());
    file.plugin(
        timing.started(),
        HParams.START,
        HParams.PLUGIN,
        HParams.started(name, trial.assignment().values(), timing.started()));
    curves(file, trial, timing.started(), ended.at());
    measured(ended.outcome())
        .values()
        .forEach((metric, value) -> file.scalar(ended.at(), 0, metric, value));
    file.plugin(ended.at(), HParams.END, HParams.PLUGIN, HParams.ended(trial.state(), ended.at()));
    write(name + "/", timing.started(), file);
  }

  private static Measurement measured(Outcome outcome) {
    if (outcome instanceof Outcome.Completed completed) {
      return completed.measurement();
    }
    return outcome instanceof Outcome.Pruned pruned ? pruned.measurement() : Measurement.none();
  }

  /** Reports have no times of their own: they are spread evenly over the trial. */
  private static void curves(EventFile file, Trial trial, Instant from, Instant to) {
    Map<String, Map<Integer, double[]>> means = new TreeMap<>();
    int last = trial.reports().stream().mapToInt(Report::step).max().orElse(1);
    for (Report report : trial.reports()) {
      Instant at = between(from, to, report.step(), last);
      report
          .measurement()
          .values()
          .forEach(
              (metric, value) -> {
                file.scalar(at, report.step(), metric + "/fold-" + report.fold(), value);
                double[] sum =
                    means
                        .computeIfAbsent(metric, each -> new TreeMap<>())
                        .computeIfAbsent(report.step(), each -> new double[2]);
                sum[0] += value;
                sum[1]++;
              });
    }
    means.forEach(
        (metric, steps) ->
            steps.forEach(
                (step, sum) ->
                    file.scalar(
                        between(from, to, step, last), step, metric + "/mean", sum[0] / sum[1])));
  }

  private static Instant between(Instant from, Instant to, int step, int last) {
    long millis = Math.max(0, to.toEpochMilli() - from.toEpochMilli());
    return from.plusMillis(millis * step / last);
  }

  private void write(String place, Instant at, EventFile file) {
    folder.write(
        "%s/%sevents.out.tfevents.%010d.fettle"
            .formatted(StudyFolder.TENSORBOARD, place, at.getEpochSecond()),
        file.bytes());
  }
}
