package org.fettle.search.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalInt;
import org.fettle.search.space.SearchSpace;
import org.junit.jupiter.api.Test;

class AggregationTest {

  private static final double[] FOLDS = {0.5, 0.875, 0.75, 1};

  private static double of(Aggregation aggregation, Direction direction) {
    return aggregation.of(FOLDS.clone(), direction);
  }

  @Test
  void makesOneValueOfTheFolds() {
    assertThat(of(Aggregation.MEAN, Direction.MAXIMIZE)).isEqualTo(0.78125);
    assertThat(of(Aggregation.MEDIAN, Direction.MINIMIZE)).isEqualTo(0.8125);
    assertThat(Aggregation.MEDIAN.of(new double[] {3, 1, 2}, Direction.MAXIMIZE)).isEqualTo(2);
  }

  @Test
  void theWorstDependsOnTheDirection() {
    assertThat(of(Aggregation.WORST, Direction.MAXIMIZE)).isEqualTo(0.5);
    assertThat(of(Aggregation.WORST, Direction.MINIMIZE)).isEqualTo(1);
  }

  @Test
  void theConfidenceBoundIsOnTheWorseSideOfTheMean() {
    // Deviations −9, 3, −1, 7 of 32: variance 140 / 1024 / 3, of the mean a quarter of it.
    double error = Math.sqrt(140.0 / 1024 / 3 / 4);
    assertThat(Aggregation.standardError(FOLDS)).isCloseTo(error, within(1e-15));
    assertThat(of(Aggregation.CONFIDENCE_BOUND, Direction.MAXIMIZE))
        .isCloseTo(0.78125 - 1.6448536269514722 * error, within(1e-15));
    assertThat(of(Aggregation.CONFIDENCE_BOUND, Direction.MINIMIZE))
        .isCloseTo(0.78125 + 1.6448536269514722 * error, within(1e-15));
  }

  @Test
  void aSingleFoldIsItsOwnAggregate() {
    for (Aggregation aggregation : Aggregation.values()) {
      assertThat(aggregation.of(new double[] {0.25}, Direction.MINIMIZE)).isEqualTo(0.25);
    }
    assertThat(Aggregation.standardError(new double[] {0.25})).isNaN();
  }

  @Test
  void aStudyLooksAtAMetricInOneWay() {
    Goal worst = new Goal("accuracy", Direction.MAXIMIZE, Aggregation.WORST);
    Constraint mean = Constraint.atLeast("accuracy", 0.5);
    assertThatThrownBy(
            () ->
                new StudySpec(
                    new SearchSpace(List.of(), List.of()),
                    List.of(worst),
                    List.of(mean),
                    1,
                    OptionalInt.empty(),
                    1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Aggregation of accuracy must be one for goals and constraints, but was WORST and"
                + " MEAN");
  }
}
