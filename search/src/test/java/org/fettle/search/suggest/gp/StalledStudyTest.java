package org.fettle.search.suggest.gp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.fettle.search.TestSeed;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;
import org.fettle.search.suggest.Suggesters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A study that has found the bottom of a bowl and goes on about it. */
@ExtendWith(TestSeed.class)
final class StalledStudyTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(
          DoubleParameter.of("x", 0, 1, Scale.LINEAR), DoubleParameter.of("y", 0, 1, Scale.LINEAR));

  /** Ten trials on one side of the space, then as many at the bottom as given. */
  private static History stalled(int bottom) {
    RandomGenerator random = Seeds.generator(TestSeed.value(), 0, "stalled");
    History history = History.empty(StudySpec.of(SPACE, Goal.minimize("loss"), TestSeed.value()));
    for (int i = 0; i < 10; i++) {
      history = tried(history, 0.5 * random.nextDouble(), random.nextDouble());
    }
    for (int i = 0; i < bottom; i++) {
      history =
          tried(history, 0.2 + 1e-3 * random.nextGaussian(), 0.3 + 1e-3 * random.nextGaussian());
    }
    return history;
  }

  private static History tried(History history, double x, double y) {
    double loss = (x - 0.2) * (x - 0.2) + (y - 0.3) * (y - 0.3);
    return history
        .started(Assignment.of("x", x, "y", y), "test")
        .ended(history.size(), new Outcome.Completed(Measurement.of("loss", loss)));
  }

  private static double distance(History history) {
    Assignment next = Suggesters.named("gp").suggest(history, 1).get(0).assignment();
    return Math.hypot(next.number("x") - 0.2, next.number("y") - 0.3);
  }

  @Test
  void everyFourthTrialLeavesTheBottomForWhereMoreMayBeGained() {
    assertThat(distance(stalled(22))).isGreaterThan(0.1);
  }

  @Test
  void oddTrialsKeepToTheTrustRegion() {
    History history = stalled(23);
    double[] losses =
        history.trials().stream()
            .mapToDouble(trial -> trial.completed().orElseThrow().value("loss"))
            .toArray();
    // A region's corner, with the longest aspect.
    double most = Math.sqrt(2) * 0.5 * 4 * new Headway(losses, 10).side(2);
    assertThat(distance(history)).isLessThan(most + 0.01);
  }
}
