package org.fettle.driver.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fettle.driver.job.Catalog;
import org.fettle.driver.job.JobParser;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.ParsedJob;
import org.fettle.driver.store.EventJson;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.JournalStore;
import org.fettle.driver.store.StudyStatus;
import org.fettle.driver.study.StudyView;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.Parameter;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;

/**
 * Studies of every shape, made up as journals. Their main writes them to a folder to be looked at.
 */
public final class Studies {

  public static final String SCRIPT =
      "</script><script>alert(1)</script><img src=x onerror=alert(2)>";

  private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");
  private static final int SLOTS = 4;

  private static final String PLAIN =
      """
      study: plain
      objective: com.acme.Bowl
      parameters:
        rate: {float: [1.0e-5, 1.0], log: true}
        momentum: {float: [0.0, 0.99]}
        layers: {int: [1, 6]}
        units: {choice: [16, 32, 64, 128]}
      goal: {maximize: accuracy}
      search: {trials: 40}
      """;

  private static final String CONDITIONAL =
      """
      study: conditional
      objective: com.acme.Tree
      parameters:
        rate: {float: [1.0e-5, 1.0], log: true}
        updater:
          choice:
            - {type: adam, beta: {float: [0.5, 0.999]}}
            - {type: sgd, momentum: {float: [0.0, 0.99]}, nesterov: {choice: [true, false]}}
            - {type: plain}
        hidden: {repeat: {int: [1, 3]}, of: {int: [8, 256], log: true}}
      goal: {minimize: log-loss}
      search: {trials: 120}
      """;

  private static final String SEVERAL =
      PLAIN
          .replace("study: plain", "study: several")
          .replace("goal: {maximize: accuracy}", "goal: [{maximize: accuracy}, {minimize: size}]")
          .replace("trials: 40", "trials: 150");

  private static final String SCRIPTED =
      """
      study: scripted
      objective: com.acme.Evil
      parameters:
        rate: {float: [1.0e-5, 1.0], log: true}
        kind: {choice: ["%s", plain]}
      goal: {maximize: "accuracy%s"}
      search: {trials: 30}
      """
          .formatted(SCRIPT, SCRIPT);

  /** What happens to a trial. */
  private enum Fate {
    MIXED,
    FAILING,
    ROUGH
  }

  private Studies() {}

  public static List<JournalEvent> plain() {
    return events(PLAIN, 40, 3, 12, Fate.MIXED);
  }

  public static List<JournalEvent> conditional() {
    return events(CONDITIONAL, 120, 5, 20, Fate.ROUGH);
  }

  public static List<JournalEvent> several() {
    return events(SEVERAL, 150, 1, 0, Fate.MIXED);
  }

  public static List<JournalEvent> failed() {
    return events(PLAIN.replace("study: plain", "study: failed"), 12, 3, 0, Fate.FAILING);
  }

  public static List<JournalEvent> one() {
    return events(PLAIN.replace("study: plain", "study: one"), 1, 1, 5, Fate.MIXED);
  }

  public static List<JournalEvent> none() {
    return events(PLAIN.replace("study: plain", "study: none"), 1, 1, 0, Fate.MIXED).subList(0, 1);
  }

  /** Names, values and messages that would run as scripts. */
  public static List<JournalEvent> scripted() {
    return events(SCRIPTED, 30, 3, 6, Fate.ROUGH);
  }

  /** As many trials as asked for. */
  public static List<JournalEvent> many(int trials) {
    return events(
        CONDITIONAL.replace("study: conditional", "study: many").replace("120", "" + trials),
        trials,
        5,
        trials > 5_000 ? 4 : 10,
        Fate.ROUGH);
  }

  public static StudyView view(List<JournalEvent> events) {
    return StudyView.of(events, "sample");
  }

  private static List<JournalEvent> events(
      String yaml, int trials, int folds, int epochs, Fate fate) {
    ParsedJob parsed =
        new JobParser(Catalog.onClassPath()).parse(yaml, "sample.yaml", Path.of("."), List.of());
    JobSpec job = parsed.job().orElseThrow(() -> new AssertionError(parsed.problems()));
    List<JournalEvent> events = new ArrayList<>();
    events.add(
        new JournalEvent.StudyCreated(
            BEGIN,
            JournalStore.FORMAT,
            job.canonical(),
            Map.of(
                "jobDigest",
                job.digest(),
                "versions",
                Map.of("fettle", "0.1", "note", SCRIPT),
                "cluster",
                Map.of("master", "local[4]", "cores", SLOTS))));
    SplittableRandom random = new SplittableRandom(7);
    double[] free = new double[SLOTS];
    for (int trial = 0; trial < trials; trial++) {
      trial(events, job, trial, folds, epochs, fate, random, free);
    }
    double end = 0;
    for (double each : free) {
      end = Math.max(end, each);
    }
    events.subList(1, events.size()).sort(Comparator.comparing(JournalEvent::at));
    events.add(new JournalEvent.StudyEnded(at(end + 1), StudyStatus.DONE, Optional.empty()));
    return events;
  }

  private static Instant at(double seconds) {
    return BEGIN.plusNanos((long) (seconds * 1e9));
  }

  private static void trial(
      List<JournalEvent> events,
      JobSpec job,
      int trial,
      int folds,
      int epochs,
      Fate fate,
      SplittableRandom random,
      double[] free) {
    int slot = 0;
    for (int each = 1; each < free.length; each++) {
      slot = free[each] < free[slot] ? each : slot;
    }
    double now = free[slot] + 0.05;
    Assignment assignment =
        job.space().assign((Parameter parameter) -> parameter.fromUnit(random.nextDouble()));
    events.add(
        new JournalEvent.TrialStarted(at(now), trial, assignment, trial < 10 ? "random" : "tpe"));
    double quality = quality(job, assignment);
    Outcome outcome = null;
    double draw = random.nextDouble();
    if (fate == Fate.FAILING || (fate == Fate.ROUGH && draw < 0.08)) {
      outcome =
          draw < 0.04
              ? Outcome.of(FailureCode.DIVERGED, "the loss became NaN at epoch 3 " + SCRIPT)
              : Outcome.of(FailureCode.USER_ERROR, "no such layer: " + SCRIPT);
    }
    List<Measurement> scores = new ArrayList<>();
    for (int fold = 0; fold < folds && outcome == null; fold++) {
      double seconds = 1 + 3 * random.nextDouble();
      boolean pruned =
          fate != Fate.FAILING
              && epochs > 0
              && fold == 0
              && trial > 8
              && quality < 0.6
              && draw > 0.3;
      int steps = pruned ? Math.max(1, epochs / 3) : epochs;
      double end = quality + 0.04 * (random.nextDouble() - 0.5);
      List<Report> reports = new ArrayList<>();
      for (int step = 1; step <= steps; step++) {
        double part = 1 - Math.exp(-3.0 * step / epochs);
        double accuracy = 0.3 + (end - 0.3) * part;
        reports.add(
            new Report(
                fold,
                step,
                measured(job, accuracy, assignment)
                    .and("training-loss", 1.2 - accuracy)
                    .and("validation-loss", 1.3 - accuracy)));
      }
      now += pruned ? seconds / 3 : seconds;
      if (pruned) {
        for (Report report : reports) {
          events.add(new JournalEvent.Reported(at(now - 0.01), trial, report));
        }
        outcome =
            new Outcome.Pruned(
                reports.get(reports.size() - 1).measurement(),
                "at step %d its accuracy %.4f was under the median".formatted(steps, end));
      } else {
        Measurement measured = measured(job, end, assignment);
        scores.add(measured);
        events.add(new JournalEvent.FoldEnded(at(now), trial, fold, measured, reports, seconds));
      }
    }
    if (outcome == null) {
      Measurement mean = Measurement.none();
      for (String metric : scores.get(0).values().keySet()) {
        mean =
            mean.and(
                metric,
                scores.stream().mapToDouble(each -> each.value(metric)).average().orElse(0));
      }
      outcome = new Outcome.Completed(mean);
    }
    now += 0.01;
    events.add(new JournalEvent.TrialEnded(at(now), trial, outcome));
    free[slot] = now;
  }

  private static Measurement measured(JobSpec job, double quality, Assignment assignment) {
    Measurement measured = Measurement.none();
    for (var goal : job.goals()) {
      measured =
          measured.and(
              goal.metric(),
              switch (goal.metric()) {
                case "accuracy" -> quality;
                case "size" -> 100 * assignment.number("parameters.layers") / (1.2 - quality);
                default -> 1.4 - quality;
              });
    }
    return measured;
  }

  /** Best near a rate of 0.003; the first parameter after that matters a little. */
  private static double quality(JobSpec job, Assignment assignment) {
    double sum = 0.95;
    double weight = 0.02;
    for (Parameter parameter : job.space().parameters()) {
      Object value = assignment.values().get(parameter.name());
      if (value != null) {
        double off = parameter.toUnit(value) - 0.5;
        sum -= (parameter.name().contains("rate") ? 1.6 : 4 * weight) * off * off;
        weight *= 0.8;
      }
    }
    return Math.max(0.2, sum);
  }

  /** Writes a journal as a driver would, in few segments. */
  public static Path write(List<JournalEvent> events, Path folder) throws IOException {
    Path journal = folder.resolve("journal");
    Files.createDirectories(journal);
    EventJson json = new EventJson();
    StringBuilder lines = new StringBuilder();
    events.forEach(event -> lines.append(json.write(event)).append('\n'));
    Files.write(
        journal.resolve("00000000.jsonl"), lines.toString().getBytes(StandardCharsets.UTF_8));
    return folder;
  }

  /** Writes all of them. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    write(plain(), folder.resolve("plain"));
    write(conditional(), folder.resolve("conditional"));
    write(several(), folder.resolve("several"));
    write(failed(), folder.resolve("failed"));
    write(one(), folder.resolve("one"));
    write(none(), folder.resolve("none"));
    write(scripted(), folder.resolve("scripted"));
    write(many(20_000), folder.resolve("many"));
  }
}
