package org.fettle.search.suggest.gp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
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
import org.fettle.search.suggest.Suggestion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSeed.class)
final class TrustRegionTest {

  private static final int DESIGN = 4;

  /** Four trials whose median is 4, and what came after. */
  private static double[] losses(double... after) {
    return DoubleStream.concat(DoubleStream.of(4, 1, 2, 8), Arrays.stream(after)).toArray();
  }

  private static double side(int dimensions, double... after) {
    return TrustRegion.side(losses(after), DESIGN, dimensions);
  }

  private static double[] defeats(int count) {
    double[] losses = new double[count];
    Arrays.fill(losses, 3);
    return losses;
  }

  @Test
  void doublesAfterThreeGainsUpToTwiceTheCube() {
    assertThat(side(5)).isEqualTo(0.8);
    assertThat(side(5, 0.9, 0.8)).isEqualTo(0.8);
    assertThat(side(5, 0.9, 0.8, 0.7)).isEqualTo(1.6);
    assertThat(side(5, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4)).isEqualTo(1.6);
  }

  @Test
  void halvesAfterAsManyDefeatsAsDimensionsAndAtLeastFour() {
    assertThat(side(5, defeats(4))).isEqualTo(0.8);
    assertThat(side(5, defeats(5))).isEqualTo(0.4);
    assertThat(side(1, defeats(4))).isEqualTo(0.4);
    assertThat(side(4, 3, 3, 0.5, 3, 3, 3)).isEqualTo(0.8);
  }

  @Test
  void startsAgainWhenTooShort() {
    assertThat(side(4, defeats(4 * 6))).isEqualTo(0.8 / 64);
    assertThat(side(4, defeats(4 * 7))).isEqualTo(0.8);
  }

  @Test
  void isTheSameInAnyUnit() {
    double[] losses = losses(0.9, 0.5, 3, 3, 3, 3, 3, 3, 0.4, 5, 5, 5, 5, 5);
    double[] other = Arrays.stream(losses).map(loss -> 1000 * loss - 7).toArray();
    assertThat(TrustRegion.side(other, DESIGN, 2)).isEqualTo(TrustRegion.side(losses, DESIGN, 2));
  }

  @Test
  void everySecondSuggestionOfASmoothStudyKeepsToIt() {
    RandomGenerator random = Seeds.generator(TestSeed.value(), 0, "region");
    SearchSpace space =
        SearchSpace.of(
            DoubleParameter.of("x", 0, 1, Scale.LINEAR),
            DoubleParameter.of("y", 0, 1, Scale.LINEAR));
    History history = History.empty(StudySpec.of(space, Goal.minimize("loss"), TestSeed.value()));
    double[] losses = new double[31];
    for (int i = 0; i < losses.length; i++) {
      // All about the bottom of a bowl, after the initial design.
      double x = i < 10 ? random.nextDouble() : 0.2 + 1e-3 * random.nextGaussian();
      double y = i < 10 ? random.nextDouble() : 0.3 + 1e-3 * random.nextGaussian();
      losses[i] = (x - 0.2) * (x - 0.2) + (y - 0.3) * (y - 0.3);
      history =
          history
              .started(Assignment.of("x", x, "y", y), "test")
              .ended(i, new Outcome.Completed(Measurement.of("loss", losses[i])));
    }
    List<Suggestion> next = Suggesters.named("gp").suggest(history, 1);
    double side = TrustRegion.side(losses, 10, 2);
    assertThat(side).isLessThan(0.8);
    // Half a side, four times as long at most; and the best trial is near the bottom.
    Assignment assignment = next.get(0).assignment();
    assertThat(Math.abs(assignment.number("x") - 0.2)).isLessThan(2 * side + 0.01);
    assertThat(Math.abs(assignment.number("y") - 0.3)).isLessThan(2 * side + 0.01);
  }
}
