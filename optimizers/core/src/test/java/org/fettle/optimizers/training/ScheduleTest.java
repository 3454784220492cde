package org.fettle.optimizers.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.fettle.optimizers.training.Schedule.Plateau.Watched;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {

  /** Factors of the steps of four epochs of two steps. */
  static Stream<Arguments> tables() {
    return Stream.of(
        table(new Schedule.Fixed(), 1, 1, 1, 1, 1, 1, 1, 1),
        table(new Schedule.Exponential(0.5), 1, 1, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125),
        table(new Schedule.Step(2, 0.1), 1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1),
        table(new Schedule.Polynomial(1, 0), 1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125),
        table(new Schedule.Polynomial(2, 0.2), 1, 0.8125, 0.65, 0.5125, 0.4, 0.3125, 0.25, 0.2125),
        table(new Schedule.Inverse(1), 1, 1 / 1.5, 0.5, 1 / 2.5, 1 / 3.0, 1 / 3.5, 0.25, 1 / 4.5),
        table(
            new Schedule.Cosine(0, 1, 0),
            1,
            0.961939766,
            0.853553391,
            0.691341716,
            0.5,
            0.308658284,
            0.146446609,
            0.038060234),
        table(
            new Schedule.Cosine(1, 1, 0),
            1,
            0.853553391,
            0.5,
            0.146446609,
            1,
            0.853553391,
            0.5,
            0.146446609),
        table(
            new Schedule.Cosine(0, 1, 0.5),
            1,
            0.980969883,
            0.926776695,
            0.845670858,
            0.75,
            0.654329142,
            0.573223305,
            0.519030117),
        table(
            new Schedule.OneCycle(0.5, 0.04, 0),
            0.04,
            0.28,
            0.76,
            1,
            0.853553391,
            0.5,
            0.146446609,
            0),
        table(
            new Schedule.WarmUp(1, new Schedule.Polynomial(1, 0)),
            0.5,
            1,
            1,
            5 / 6.0,
            4 / 6.0,
            3 / 6.0,
            2 / 6.0,
            1 / 6.0),
        table(
            new Schedule.WarmUp(2, new Schedule.Exponential(0.5)),
            0.25,
            0.5,
            0.75,
            1,
            1,
            1,
            0.5,
            0.5),
        table(
            new Schedule.WarmUp(9, new Schedule.Fixed()),
            0.125,
            0.25,
            0.375,
            0.5,
            0.625,
            0.75,
            0.875,
            1));
  }

  private static Arguments table(Schedule schedule, double... factors) {
    return Arguments.of(schedule, factors);
  }

  private static double[] factors(Schedule schedule, Schedule.Span span) {
    return LongStream.range(0, span.steps())
        .mapToDouble(step -> schedule.factor(step, span))
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void factorsAreThoseOfTheFormula(Schedule schedule, double[] factors) {
    assertThat(factors(schedule, new Schedule.Span(2, 8))).containsExactly(factors, within(1e-8));
  }

  @Test
  void cyclesGrowSoThatTheLastOneEndsWithTheRun() {
    assertThat(factors(new Schedule.Cosine(2, 2, 0), new Schedule.Span(1, 14)))
        .containsExactly(
            new double[] {
              1,
              0.5,
              1,
              0.853553391,
              0.5,
              0.146446609,
              1,
              0.961939766,
              0.853553391,
              0.691341716,
              0.5,
              0.308658284,
              0.146446609,
              0.038060234
            },
            within(1e-8));
  }

  @Test
  void everyCycleBeginsAtTheTopAlsoWhereItsLengthIsNoWholeNumberOfStepsInBinary() {
    for (int restarts = 0; restarts < 50; restarts++) {
      Schedule.Span span = new Schedule.Span(1, 7L * (restarts + 1));
      double[] factors = factors(new Schedule.Cosine(restarts, 1, 0), span);
      for (int step = 0; step < factors.length; step += 7) {
        assertThat(factors[step])
            .as("%d restarts, step %d", restarts, step)
            .isCloseTo(1, within(1e-9));
      }
    }
  }

  @Test
  void oneCycleAlsoFitsTheShortestRuns() {
    for (int steps = 1; steps < 5; steps++) {
      for (double rise : new double[] {0, 0.3, 1}) {
        for (double factor :
            factors(new Schedule.OneCycle(rise, 0.04, 0), new Schedule.Span(1, steps))) {
          assertThat(factor).isBetween(0.0, 1.0);
        }
      }
    }
  }

  private static double[] rates(LearningRates rates, double[] losses, double[] watched) {
    double[] factors = new double[losses.length];
    for (int epoch = 0; epoch < losses.length; epoch++) {
      factors[epoch] = rates.next();
      rates.epochEnded(
          losses[epoch],
          watched.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(watched[epoch]));
    }
    return factors;
  }

  private static LearningRates plateau(Watched watched) {
    Schedule schedule = new Schedule.Plateau(watched, 0.5, 2, 0.1, 0.2);
    return new LearningRates(schedule, new Schedule.Span(1, 20));
  }

  @Test
  void aPlateauLowersTheRateDownToItsEnd() {
    double[] losses = {5, 4, 4, 3.95, 3, 3, 3, 3, 3, 3, 3, 3, 3};
    double[] expected = {1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.2, 0.2, 0.2, 0.2};
    assertThat(rates(plateau(Watched.TRAINING_LOSS), losses, new double[0]))
        .containsExactly(expected);
  }

  @Test
  void aPlateauOfTheValidationWatchesItWhereItIs() {
    double[] falling = {5, 4, 3, 2, 1};
    double[] flat = {1, 1, 1, 1, 1};
    double[] lowered = {1, 1, 1, 0.5, 0.5};
    assertThat(rates(plateau(Watched.VALIDATION), falling, flat)).containsExactly(lowered);
    assertThat(rates(plateau(Watched.VALIDATION), flat, falling)).containsOnly(1);
    assertThat(rates(plateau(Watched.VALIDATION), flat, new double[0])).containsExactly(lowered);
    assertThat(rates(plateau(Watched.TRAINING_LOSS), falling, flat)).containsOnly(1);
  }

  @Test
  void aWatchedValueThatIsNoNumberIsNotBetter() {
    double[] losses = {1, Double.NaN, Double.NaN, 1};
    assertThat(rates(plateau(Watched.TRAINING_LOSS), losses, new double[0]))
        .containsExactly(1, 1, 1, 0.5);
  }

  @Test
  void refusesWhatNoScheduleHas() {
    assertThatThrownBy(() -> new Schedule.Cosine(1000, 10, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cycles must be of finite length, but there were 1000 restarts with a stretch of 10");
    assertThatThrownBy(() -> new Schedule.WarmUp(1, new Schedule.WarmUp(1, new Schedule.Fixed())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Warm-up must not follow a warm-up, but was ");
    assertThatThrownBy(() -> new Schedule.Exponential(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Factor must be positive, but was 0.0");
  }
}
