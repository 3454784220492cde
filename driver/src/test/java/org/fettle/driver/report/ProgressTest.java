package org.fettle.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  void writesTheLastLinesOverOnATerminal() {
    Progress progress =
        Progress.onTerminal(out, 60, () -> now, () -> Optional.of(new Occupancy(2, 8, 3)));

    String told = told(progress);

    assertThat(told)
        .contains("[1/6] trial 1  accuracy 0.7500  best so far  epochs=9\n")
        .contains("[2/6] trial 0  USER_ERROR: no such layer  epochs=5\n")
        .contains("███░░░░░░░░░░░░░░░░░ 1/6 done  1 running\n")
        .contains("██████░░░░░░░░░░░░░░ 2/6 done  0 running, 1 failed\n")
        .contains("best accuracy 0.7500, trial 1: epochs=9\n")
        .contains("10.0 s, about ")
        .contains("2 executors, 3 of 8 slots busy");
    assertThat(screen(told))
        .as("after the end the lines that are written over are gone")
        .containsExactly(
            "[1/6] trial 1  accuracy 0.7500  best so far  epochs=9",
            "[2/6] trial 0  USER_ERROR: no such layer  epochs=5");
  }

  @Test
  void cutsWhatIsWiderThanTheTerminal() {
    Progress progress =
        Progress.onTerminal(out, 40, () -> now, () -> Optional.of(new Occupancy(1, 2, 2)));

    for (String line : told(progress).split("[\r\n]|\033\\[[0-9]*[AJ]")) {
      assertThat(line).hasSizeLessThan(40);
    }
  }

  @Test
  void writesAgainAsTimePasses() {
    Progress progress =
        Progress.onTerminal(out, 80, () -> now, () -> Optional.of(new Occupancy(1, 2, 2)));
    progress.tick();
    assertThat(bytes.size()).as("nothing to write over before the study").isZero();
    progress.trialStarted(started(), started().trial(0));
    now = now.plusSeconds(75);
    progress.tick();

    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("1 min 15 s  1 executor, 2 of 2");
  }

  /** The lines of a terminal that knows the sequences that are used. */
  private static List<String> screen(String told) {
    List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    int row = 0;
    Matcher part = Pattern.compile("\033\\[(\\d*)([AJ])|\r|\n|[^\r\n\033]+").matcher(told);
    while (part.find()) {
      String text = part.group();
      if ("A".equals(part.group(2))) {
        row -= Integer.parseInt(part.group(1));
      } else if ("J".equals(part.group(2))) {
        lines.subList(row, lines.size()).clear();
        lines.add(new StringBuilder());
      } else if (text.equals("\n")) {
        row++;
        if (row == lines.size()) {
          lines.add(new StringBuilder());
        }
      } else if (!text.equals("\r")) {
        lines.get(row).append(text);
      }
    }
    return lines.stream().map(StringBuilder::toString).filter(line -> !line.isEmpty()).toList();
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
