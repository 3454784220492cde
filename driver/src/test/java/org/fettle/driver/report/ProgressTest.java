package org.fettle.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.fettle.driver.store.StudyStatus;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.History;
import org.fettle.search.study.Outcome;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private Instant now = Instant.EPOCH;

  private static History started() {
    return History.empty(Sample.spec())
        .started(Assignment.of("training.epochs", 5), "random")
        .started(Assignment.of("training.epochs", 9), "random");
  }

  /** Trial 1 completes, then trial 0 fails. */
  private String told(Progress progress) {
    History history = started();
    progress.trialStarted(history, history.trial(0));
    progress.trialStarted(history, history.trial(1));
    now = now.plusSeconds(10);
    history = history.foldEnded(1, 0, Sample.scores(0.75));
    history = history.ended(1, new Outcome.Completed(Sample.scores(0.75)));
    History both = history.ended(0, new Outcome.Failed(FailureCode.USER_ERROR, "no such layer"));
    progress.trialEnded(history, history.trial(1));
    progress.trialEnded(both, both.trial(0));
    progress.studyEnded(both, StudyStatus.DONE);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void saysALineForEachTrialThatEnded() {
    assertThat(told(Progress.asLines(out, () -> now)))
        .isEqualTo(
            """
            [1/6] trial 1  accuracy 0.7500  best so far  epochs=9
            [2/6] trial 0  USER_ERROR: no such layer  epochs=5
            """);
  }

  @Test
  void writesTheLastLineOverOnATerminal() {
    String erase = "\r\033[2K";

    assertThat(told(Progress.onTerminal(out, () -> now)))
        .isEqualTo(
            erase
                + "0/6 done, 2 running"
                + erase
                + "0/6 done, 2 running"
                + erase
                + "[1/6] trial 1  accuracy 0.7500  best so far  epochs=9\n"
                + erase
                + "1/6 done, 1 running  best 0.7500 (trial 1)  about 50.0 s left"
                + erase
                + "[2/6] trial 0  USER_ERROR: no such layer  epochs=5\n"
                + erase
                + "2/6 done, 0 running  best 0.7500 (trial 1)  about 20.0 s left"
                + erase);
  }

  @Test
  void countsTrialsThatEndTogetherInTheirOrder() {
    History both =
        started()
            .ended(1, new Outcome.Completed(Sample.scores(0.75)))
            .ended(0, new Outcome.Failed(FailureCode.USER_ERROR, "two\nlines"));
    Progress progress = Progress.asLines(out, () -> now);
    progress.trialEnded(both, both.trial(1));
    progress.trialEnded(both, both.trial(0));

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("[1/6] trial 1")
        .contains("[2/6] trial 0  USER_ERROR: two lines");
  }
}
