package org.fettle.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.fettle.driver.study.Replay;
import org.fettle.search.study.Aggregation;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.Direction;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;
import org.junit.jupiter.api.Test;

class SummaryTest {

  @Test
  void listsTheBestFirstAndSaysWhyOthersEnded() {
    String summary = new Summary(Sample.replay().history(), 10).toString();

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
    String summary = new Summary(Sample.replay().history(), 10).toString();

    assertThat(summary.lines().filter(line -> line.startsWith("1 ") && line.contains("rate=")))
        .singleElement()
        .asString()
        .contains("shuffle=false");
    assertThat(summary).contains("1 × USER_ERROR: no such layer, \"x\"\n").doesNotContain("\r");
  }

  @Test
  void listsAsManyAsAsked() {
    String summary = new Summary(Sample.replay().history(), 1).toString();

    assertThat(summary.lines().filter(line -> line.contains("rate="))).hasSize(1);
    assertThat(new Summary(Sample.replay().history(), 0).toString()).contains("Best: trial 1");
  }

  @Test
  void doesNotCallATrialBestThatBreaksAConstraint() {
    History history = Sample.replay(Constraint.atLeast("log-loss", 0.1)).history();

    String summary = new Summary(history, 10).toString();

    assertThat(summary).contains("\nBest: trial 0\n");
    assertThat(summary.indexOf("0      0.75")).isLessThan(summary.indexOf("1      0.95"));
  }

  @Test
  void showsWhatTheGoalLooksAtBesideTheMean() {
    StudySpec worst = Sample.spec(new Goal("accuracy", Direction.MAXIMIZE, Aggregation.WORST));
    History history = Replay.of(worst, Sample.events()).history();

    assertThat(new Summary(history, 10).toString())
        .contains("trial  worst accuracy  accuracy         assignment\n")
        .contains("0      0.6250          0.7500 ± 0.1250  rate=");
  }

  @Test
  void isShortForAStudyWithoutTrials() {
    assertThat(new Summary(History.empty(Sample.spec()), 10).toString()).isEqualTo("0 trials\n");
  }
}
