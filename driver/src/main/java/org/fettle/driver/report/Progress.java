package org.fettle.driver.report;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import org.fettle.driver.store.StudyStatus;
import org.fettle.driver.study.Score;
import org.fettle.driver.study.StudyListener;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.Aggregation;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;

/**
 * Says how a study goes: a line for each trial that ended, and on a terminal a last line that is
 * written over, with what runs, the best so far and the time left.
 */
public final class Progress implements StudyListener {

  /** Erases the line that the cursor is in. */
  private static final String ERASE = "\r\033[2K";

  private final PrintStream out;
  private final boolean terminal;
  private final InstantSource clock;
  private final Instant start;

  private Progress(PrintStream out, boolean terminal, InstantSource clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
    this.start = clock.instant();
  }

  /** Progress on a terminal, whose last line may be written over. */
  public static Progress onTerminal(PrintStream out, InstantSource clock) {
    return new Progress(out, true, clock);
  }

  /** Progress as plain lines. */
  public static Progress asLines(PrintStream out, InstantSource clock) {
    return new Progress(out, false, clock);
  }

  @Override
  public void trialStarted(History history, Trial trial) {
    status(history);
  }

  @Override
  public void runFailed(History history, int trial, int fold, TaskResult.Failed failure) {
    out.print(
        (terminal ? ERASE : "")
            + "trial %d, fold %d is begun again: %s: %s%n"
                .formatted(trial, fold, failure.code(), Numbers.oneLine(failure.message())));
    status(history);
  }

  @Override
  public void trialEnded(History history, Trial trial) {
    String line =
        "[%s] trial %d  %s  %s"
            .formatted(
                place(history, trial),
                trial.number(),
                result(history, trial),
                Summary.brief(trial));
    out.print((terminal ? ERASE : "") + line.stripTrailing() + "\n");
    status(history);
  }

  @Override
  public void studyEnded(History history, StudyStatus status) {
    out.print(terminal ? ERASE : "");
    out.flush();
  }

  /** "3/20": the third to end. */
  private static String place(History history, Trial trial) {
    // From the end, where it is.
    return history.ended().lastIndexOf(trial.number()) + 1 + all(history);
  }

  private static String done(History history) {
    return history.ended().size() + all(history);
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

  private void status(History history) {
    if (!terminal) {
      return;
    }
    String best =
        history
            .incumbent()
            .map(
                trial ->
                    "  best %s (trial %d)"
                        .formatted(
                            Numbers.number(
                                trial
                                    .completed()
                                    .orElseThrow()
                                    .value(history.spec().goal().metric())),
                            trial.number()))
            .orElse("");
    out.print(
        ERASE
            + "%s done, %d running%s%s"
                .formatted(done(history), history.running().size(), best, left(history)));
    out.flush();
  }

  /** The time left if trials go on ending at the pace so far. */
  private String left(History history) {
    int ended = history.ended().size();
    if (history.spec().trials().isEmpty() || ended == 0) {
      return "";
    }
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    int trials = history.spec().trials().getAsInt() - ended;
    return "  about " + Numbers.duration(seconds / ended * trials) + " left";
  }
}
