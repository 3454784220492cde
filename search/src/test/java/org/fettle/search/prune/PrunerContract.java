package org.fettle.search.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.fettle.search.TestSeed;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.Direction;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every pruner keeps. */
@ExtendWith(TestSeed.class)
public abstract class PrunerContract {

  private static final int TRIALS = 60;

  /** A new pruner that would stop some of 60 trials over 5 folds of 30 steps. */
  protected abstract Pruner pruner();

  private static Crowd crowd(Direction direction) {
    return new Crowd(direction, 5, 30, 0.02);
  }

  private static double quality(int number) {
    return Seeds.generator(TestSeed.value(), number, "quality").nextDouble();
  }

  @Test
  void keepsATrialThatHasSaidNothing() {
    History history = crowd(Direction.MINIMIZE).run(pruner(), 20, PrunerContract::quality);
    history = Crowd.started(history);
    assertThat(pruner().decide(history, history.trial(20))).isEqualTo(Verdict.keep());
  }

  @Test
  void keepsATrialThatIsAlone() {
    History history = crowd(Direction.MINIMIZE).run(pruner(), 1, number -> 5);
    assertThat(history.trial(0).state()).isEqualTo(TrialState.COMPLETED);
  }

  @Test
  void stopsSomeOfACrowdAndSaysWhy() {
    History history = crowd(Direction.MINIMIZE).run(pruner(), TRIALS, PrunerContract::quality);
    List<String> reasons =
        history.trials().stream()
            .flatMap(trial -> trial.outcome().stream())
            .filter(Outcome.Pruned.class::isInstance)
            .map(outcome -> ((Outcome.Pruned) outcome).reason())
            .toList();
    assertThat(reasons).hasSizeGreaterThan(TRIALS / 10);
    assertThat(reasons)
        .allSatisfy(reason -> assertThat(reason).contains("score").matches(".*\\d.*"));
  }

  @Test
  void neverStopsATrialThatIsAheadEverywhere() {
    History history =
        crowd(Direction.MINIMIZE)
            .run(pruner(), TRIALS, number -> number % 20 == 19 ? -number : quality(number));
    for (int number = 19; number < TRIALS; number += 20) {
      assertThat(history.trial(number).state()).isEqualTo(TrialState.COMPLETED);
    }
  }

  @Test
  void directionsMirrorEachOther() {
    List<TrialState> least =
        states(crowd(Direction.MINIMIZE).run(pruner(), TRIALS, PrunerContract::quality));
    List<TrialState> most =
        states(crowd(Direction.MAXIMIZE).run(pruner(), TRIALS, PrunerContract::quality));
    assertThat(most).isEqualTo(least);
  }

  private static List<TrialState> states(History history) {
    return history.trials().stream().map(Trial::state).toList();
  }

  @Test
  void equalArgumentsGiveEqualVerdicts() {
    History history = crowd(Direction.MINIMIZE).run(pruner(), 20, PrunerContract::quality);
    Pruner pruner = pruner();
    for (int i = 0; i < 20; i++) {
      RandomGenerator random = Seeds.generator(TestSeed.value(), i, "reports");
      History longer = Crowd.started(history);
      for (int step = 1; step <= 30; step++) {
        Measurement report = Measurement.of("score", random.nextDouble());
        longer = longer.reported(20, new Report(0, step, report));
        Verdict verdict = pruner.decide(longer, longer.trial(20));
        assertThat(pruner.decide(longer, longer.trial(20))).isEqualTo(verdict);
        assertThat(pruner().decide(longer, longer.trial(20))).isEqualTo(verdict);
        // A snapshot newer than the history counts the same.
        assertThat(pruner.decide(Crowd.started(history), longer.trial(20))).isEqualTo(verdict);
      }
    }
  }

  @Test
  void passesOverReportsWithoutTheMetric() {
    History history = crowd(Direction.MINIMIZE).run(pruner(), 20, PrunerContract::quality);
    history = Crowd.started(history);
    for (int step = 1; step <= 30; step++) {
      history = history.reported(20, new Report(0, step, Measurement.of("other", 1e9)));
      assertThat(pruner().decide(history, history.trial(20))).isEqualTo(Verdict.keep());
    }
  }

  @Test
  void doesNotCompareWithFailedTrials() {
    History history = Crowd.empty(Direction.MINIMIZE);
    for (int number = 0; number < 30; number++) {
      double[] best = new double[30];
      history = Crowd.reported(Crowd.started(history), number, best);
      history = history.foldEnded(number, 0, Measurement.of("score", 0));
      FailureCode code = number % 2 == 0 ? FailureCode.DIVERGED : FailureCode.EXECUTOR_LOST;
      history = history.ended(number, Outcome.of(code, "boom"));
    }
    history = Crowd.started(history);
    for (int step = 1; step <= 30; step++) {
      history = history.reported(30, new Report(0, step, Measurement.of("score", 1)));
      assertThat(pruner().decide(history, history.trial(30))).isEqualTo(Verdict.keep());
    }
  }

  @Test
  void keepsEveryTrialOfAStudyWithSeveralGoals() {
    StudySpec one = Crowd.empty(Direction.MINIMIZE).spec();
    List<Goal> goals = List.of(Goal.minimize("score"), Goal.minimize("time"));
    History history =
        History.empty(new StudySpec(one.space(), goals, List.of(), 1, OptionalInt.empty(), 1));
    for (int number = 0; number < 20; number++) {
      history = history.started(Assignment.of("x", 0.5), "random");
      for (int step = 1; step <= 30; step++) {
        Measurement report = Measurement.of("score", number).and("time", step);
        history = history.reported(number, new Report(0, step, report));
        assertThat(pruner().decide(history, history.trial(number))).isEqualTo(Verdict.keep());
      }
      Measurement end = Measurement.of("score", number).and("time", 30);
      history = history.foldEnded(number, 0, end);
      assertThat(pruner().decide(history, history.trial(number))).isEqualTo(Verdict.keep());
      history = history.ended(number, new Outcome.Completed(end));
    }
  }
}
