package org.fettle.driver.report;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.fettle.driver.store.StudyStatus;
import org.fettle.driver.study.Score;
import org.fettle.driver.study.StudyControl;
import org.fettle.driver.study.StudyListener;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.Aggregation;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;
import org.jspecify.annotations.Nullable;

/**
 * Says how a study goes: a line for each trial that ended, and on a terminal a few last lines that
 * are written over, with a bar, what runs and failed, the best so far with its setting, the time
 * left and how the cluster is used. Safe for several threads.
 */
public final class Progress implements StudyListener {

  private static final int BAR = 20;

  private final PrintStream out;
  private final OptionalInt width;
  private final InstantSource clock;
  private final Supplier<Optional<Occupancy>> cluster;
  private final TimeLeft left = new TimeLeft();
  private final Instant start;
  private int written;
  private @Nullable History last;

  private Progress(
      PrintStream out,
      OptionalInt width,
      InstantSource clock,
      Supplier<Optional<Occupancy>> cluster) {
    this.out = out;
    this.width = width;
    this.clock = clock;
    this.cluster = cluster;
    this.start = clock.instant();
  }

  /**
   * Progress on a terminal that knows ANSI's escape sequences.
   *
   * @param width columns
   * @param cluster how it is used now, where that is known
   */
  public static Progress onTerminal(
      PrintStream out, int width, InstantSource clock, Supplier<Optional<Occupancy>> cluster) {
    return new Progress(out, OptionalInt.of(Math.max(40, width)), clock, cluster);
  }

  /** Progress as plain lines. */
  public static Progress asLines(PrintStream out, InstantSource clock) {
    return new Progress(out, OptionalInt.empty(), clock, Optional::empty);
  }

  @Override
  public synchronized void studyStarted(History history, StudyControl control) {
    last = history;
    history.running().forEach(trial -> left.started(trial.number(), clock.instant()));
    status();
  }

  @Override
  public synchronized void runFailed(
      History history, int trial, int fold, TaskResult.Failed failure) {
    last = history;
    erase();
    String line =
        "trial %d, fold %d is begun again: %s: %s"
            .formatted(trial, fold, failure.code(), Numbers.oneLine(failure.message()));
    out.print(fitted(line) + "\n");
    status();
  }

  @Override
  public synchronized void trialStarted(History history, Trial trial) {
    last = history;
    left.started(trial.number(), clock.instant());
    status();
  }

  @Override
  public synchronized void trialEnded(History history, Trial trial) {
    last = history;
    left.ended(trial.number(), clock.instant());
    erase();
    String line =
        "[%s] trial %d  %s  %s"
            .formatted(
                place(history, trial),
                trial.number(),
                result(history, trial),
                Summary.brief(trial));
    out.print(fitted(line.stripTrailing()) + "\n");
    status();
  }

  @Override
  public synchronized void studyEnded(History history, StudyStatus status) {
    last = history;
    erase();
    out.flush();
  }

  /** Writes the last lines again, as time passes. */
  public synchronized void tick() {
    if (written > 0) {
      status();
    }
  }

  private void erase() {
    if (written > 0) {
      // To the first of the lines, and all below it away.
      out.print("\r" + (written > 1 ? "\033[" + (written - 1) + "A" : "") + "\033[J");
      written = 0;
    }
  }

  private void status() {
    History history = last;
    if (width.isEmpty() || history == null) {
      return;
    }
    List<String> lines = new ArrayList<>();
    lines.add(bar(history) + "  " + counts(history));
    history.incumbent().ifPresent(best -> lines.add(best(history, best)));
    lines.add(time(history) + cluster.get().map(used -> "  " + used).orElse(""));
    erase();
    out.print(String.join("\n", lines.stream().map(this::fitted).toList()));
    out.flush();
    written = lines.size();
  }

  /** The line, cut to the terminal's width: a line that wraps cannot be written over. */
  private String fitted(String line) {
    int columns = width.orElse(Integer.MAX_VALUE) - 1;
    return line.length() <= columns ? line : line.substring(0, columns - 1) + "…";
  }

  private String bar(History history) {
    OptionalInt trials = history.spec().trials();
    String done = history.ended().size() + all(history);
    if (trials.isEmpty()) {
      return done + " done";
    }
    int full = (int) ((long) BAR * history.ended().size() / Math.max(1, trials.getAsInt()));
    int blocks = Math.min(BAR, full);
    return "█".repeat(blocks) + "░".repeat(BAR - blocks) + " " + done + " done";
  }

  private static String counts(History history) {
    int failed = 0;
    int pruned = 0;
    for (Trial trial : history.trials()) {
      TrialState state = trial.state();
      failed += state == TrialState.FAILED || state == TrialState.INFEASIBLE ? 1 : 0;
      pruned += state == TrialState.PRUNED ? 1 : 0;
    }
    return history.running().size()
        + " running"
        + (pruned == 0 ? "" : ", " + pruned + " pruned")
        + (failed == 0 ? "" : ", " + failed + " failed");
  }

  private static String best(History history, Trial best) {
    Goal goal = history.spec().goal();
    Score score = Score.of(best).get(goal.metric());
    String value =
        score != null && goal.aggregation() == Aggregation.MEAN
            ? Numbers.score(score)
            : Numbers.number(best.completed().orElseThrow().value(goal.metric()));
    return "best %s %s, trial %d: %s"
        .formatted(Summary.name(goal), value, best.number(), Summary.brief(best));
  }

  private String time(History history) {
    double elapsed = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    String passed = Numbers.duration(elapsed);
    OptionalInt trials = history.spec().trials();
    if (trials.isEmpty()) {
      return passed;
    }
    int waiting = Math.max(0, trials.getAsInt() - history.size());
    var seconds = left.seconds(waiting, clock.instant());
    return seconds.isEmpty()
        ? passed
        : passed + ", about " + Numbers.duration(seconds.getAsDouble()) + " left";
  }

  /** "3/20": the third to end. */
  private static String place(History history, Trial trial) {
    // From the end, where it is.
    return history.ended().lastIndexOf(trial.number()) + 1 + all(history);
  }

  private static String all(History history) {
    OptionalInt trials = history.spec().trials();
    return trials.isPresent() ? "/" + trials.getAsInt() : "";
  }

  private static String result(History history, Trial trial) {
    Goal goal = history.spec().goal();
    Map<String, Score> scores = Score.of(trial);
    if (trial.completed().isPresent() && scores.containsKey(goal.metric())) {
      boolean best =
          history.incumbent().map(incumbent -> incumbent.number() == trial.number()).orElse(false);
      Score score = scores.get(goal.metric());
      String decides =
          goal.aggregation() == Aggregation.MEAN
              ? ""
              : Summary.name(goal) + " " + Numbers.number(score.value(goal)) + ", ";
      return decides + goal.metric() + " " + Numbers.score(score) + (best ? "  best so far" : "");
    }
    return trial.outcome().map(Summary::reason).orElse("");
  }
}
