package org.fettle.driver.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Aggregation;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.Direction;
import org.fettle.search.study.Goal;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.junit.jupiter.api.Test;

class ScoreTest {

  @Test
  void hasTheMeanAndItsStandardError() {
    Score score = Score.of(List.of(1.0, 2.0, 4.0, 5.0));

    // The sample's variance is 10 / 3.
    assertThat(score.mean()).isEqualTo(3);
    assertThat(score.standardError()).isCloseTo(Math.sqrt(10.0 / 3 / 4), within(1e-15));
  }

  @Test
  void hasNoStandardErrorOfASingleFold() {
    assertThat(Score.of(List.of(0.25))).isEqualTo(new Score(0.25, Double.NaN, List.of(0.25)));
  }

  @Test
  void isFiniteForTheLargestNumbers() {
    Score score = Score.of(List.of(Double.MAX_VALUE, Double.MAX_VALUE));

    assertThat(score.mean()).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void measuresWhatGoalsAndConstraintsLookAtAndTheMeanOfTheRest() {
    StudySpec spec =
        new StudySpec(
            new SearchSpace(List.of(), List.of()),
            List.of(new Goal("accuracy", Direction.MAXIMIZE, Aggregation.WORST)),
            List.of(new Constraint("loss", Direction.MINIMIZE, 3, Aggregation.MEDIAN)),
            1,
            OptionalInt.empty(),
            1);
    Trial trial = Trial.running(0, Assignment.of(), "random");
    double[][] folds = {{0.5, 1, 10}, {0.75, 2, 20}, {1, 6, 60}};
    for (int fold = 0; fold < 3; fold++) {
      trial =
          trial.withFold(
              fold,
              Measurement.of("accuracy", folds[fold][0])
                  .and("loss", folds[fold][1])
                  .and("f1", folds[fold][2]));
    }
    assertThat(Score.measurement(trial, spec).values())
        .isEqualTo(Map.of("accuracy", 0.5, "loss", 2.0, "f1", 30.0));
    assertThat(Score.aggregated(spec, "f1")).isEmpty();
  }

  @Test
  void leavesOutWhatSomeFoldLacks() {
    Trial trial =
        Trial.running(0, Assignment.of(), "random")
            .withFold(1, Measurement.of("loss", 2).and("auc", 1))
            .withFold(0, Measurement.of("loss", 1));

    assertThat(Score.of(trial)).containsOnlyKeys("loss");
    assertThat(Score.of(trial).get("loss").folds()).containsExactly(1.0, 2.0);
    assertThat(Score.of(Trial.running(0, Assignment.of(), "random"))).isEmpty();
  }
}
