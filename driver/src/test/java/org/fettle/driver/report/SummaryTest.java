package org.fettle.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.study.Replay;
import org.fettle.search.study.Aggregation;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.Direction;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;
import org.junit.jupiter.api.Test;

class SummaryTest {

  @Test
  void listsTheBestFirstAndSaysWhyOthersEnded() {
    String summary = new Summary(Sample.replay(), 10).toString();

    assertThat(summary)
        .startsWith("6 trials: 2 completed, 1 failed, 1 infeasible, 1 pruned, 1 running\n")
        .contains("trial  accuracy         assignment\n")
        .contains("1      0.9500           rate=0.025 epochs=2 kind=")
        .contains("0      0.7500 ± 0.1250  rate=0.0333 epochs=1 kind=flat size=32 shuffle=true\n")
        .contains("\nBest: trial 1\n")
        .contains("  training.epochs: 2\n")
        .contains("1 × DIVERGED: the loss became NaN\n")
        .doesNotContain("below the median")
        .endsWith("\n");
  }

  @Test
  void keepsALineALine() {
    String summary = new Summary(Sample.replay(), 10).toString();

    assertThat(summary.lines().filter(line -> line.startsWith("1 ") && line.contains("rate=")))
        .singleElement()
        .asString()
        .contains("shuffle=false");
    assertThat(summary).contains("1 × USER_ERROR: no such layer, \"x\"\n").doesNotContain("\r");
  }

  @Test
  void listsAsManyAsAsked() {
    String summary = new Summary(Sample.replay(), 1).toString();

    assertThat(summary.lines().filter(line -> line.contains("rate="))).hasSize(1);
    assertThat(new Summary(Sample.replay(), 0).toString()).contains("Best: trial 1");
  }

  @Test
  void doesNotCallATrialBestThatBreaksAConstraint() {
    Replay study = Sample.replay(Constraint.atLeast("log-loss", 0.1));

    String summary = new Summary(study, 10).toString();

    assertThat(summary).contains("\nBest: trial 0\n");
    assertThat(summary.indexOf("0      0.75")).isLessThan(summary.indexOf("1      0.95"));
  }

  @Test
  void showsWhatTheGoalLooksAtBesideTheMean() {
    StudySpec worst = Sample.spec(new Goal("accuracy", Direction.MAXIMIZE, Aggregation.WORST));
    Replay study = Replay.of(worst, Sample.events());

    assertThat(new Summary(study, 10).toString())
        .contains("trial  worst accuracy  accuracy         assignment\n")
        .contains("0      0.6250          0.7500 ± 0.1250  rate=");
  }

  @Test
  void isShortForAStudyWithoutTrials() {
    assertThat(new Summary(Replay.of(Sample.spec(), List.of()), 10).toString())
        .isEqualTo("0 trials\n");
  }

  @Test
  void saysHowOftenRunsWereBegunAgainAndGivesTheCommonestReasons() {
    List<JournalEvent> events = new ArrayList<>();
    for (int trial = 0; trial < 10; trial++) {
      events.add(
          new JournalEvent.TrialStarted(
              Sample.at(trial), trial, Sample.assignment(trial), "random"));
      events.add(
          new JournalEvent.RunFailed(
              Sample.at(trial), trial, 0, FailureCode.EXECUTOR_LOST, "Executor 3 was lost"));
      events.add(
          new JournalEvent.TrialEnded(
              Sample.at(trial),
              trial,
              Outcome.of(FailureCode.USER_ERROR, "reason " + Math.max(3, trial))));
    }
    Replay study = Replay.of(Sample.spec(), events);

    assertThat(new Summary(study, 10).toString())
        .contains("\n4 × USER_ERROR: reason 3\n")
        .contains("\nand 2 other reasons\n")
        .endsWith("\nRuns begun again: 10 after EXECUTOR_LOST\n");
    assertThat(StudyResult.of(study))
        .containsEntry(
            "failures",
            Map.of(
                "USER_ERROR",
                Map.of("trials", 10, "retriedRuns", 0, "reason", "reason 3"),
                "EXECUTOR_LOST",
                Map.of("trials", 0, "retriedRuns", 10)));
  }
}
