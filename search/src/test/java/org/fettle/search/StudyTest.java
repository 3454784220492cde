package org.fettle.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;
import org.fettle.search.suggest.Suggesters;
import org.fettle.search.suggest.TestSpaces;
import org.junit.jupiter.api.Test;

class StudyTest {

  private final Study study =
      Study.create(TestSpaces.tiny(), Goal.minimize("loss"), Suggesters.named("grid"), 1);

  /** The example of the README. */
  @Test
  void findsTheBottomOfABowl() {
    SearchSpace space =
        SearchSpace.of(
            DoubleParameter.of("x", -5, 5, Scale.LINEAR),
            IntegerParameter.of("n", 1, 100, Scale.LOG));
    Study study = Study.create(space, Goal.minimize("loss"), Suggesters.named("random"), 42);
    for (int i = 0; i < 200; i++) {
      Trial trial = study.ask();
      double x = trial.assignment().number("x");
      long n = trial.assignment().integer("n");
      study.tell(trial.number(), x * x + Math.abs(n - 10));
    }
    Assignment best = study.best().orElseThrow().assignment();
    assertThat(best.number("x")).isBetween(-2.0, 2.0);
    assertThat(best.integer("n")).isBetween(7L, 13L);
  }

  @Test
  void asksUntilTheSpaceIsExhausted() {
    for (int number = 0; number < 12; number++) {
      Trial trial = study.ask();
      assertThat(trial.number()).isEqualTo(number);
      assertThat(trial.origin()).isEqualTo("grid");
      assertThat(trial.state()).isEqualTo(TrialState.RUNNING);
    }
    assertThat(study.tryAsk()).isEmpty();
    assertThatThrownBy(study::ask)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot ask: the space is exhausted");
  }

  @Test
  void asksForSeveralTrialsAtOnce() {
    assertThat(study.ask(5)).extracting(Trial::number).containsExactly(0, 1, 2, 3, 4);
    assertThat(study.history().running()).hasSize(5);
    assertThat(study.ask(100)).extracting(Trial::assignment).hasSize(7).doesNotHaveDuplicates();
    assertThat(study.ask(1)).isEmpty();
    refused(() -> study.ask(0), "Count of trials must be at least 1, but was 0");
  }

  @Test
  void takesEveryOutcome() {
    study.ask();
    study.ask();
    study.report(0, new Report(0, 1, Measurement.of("loss", 2)));
    study.tell(0, Outcome.of(FailureCode.OUT_OF_MEMORY, "4 GiB"));
    assertThat(study.best()).isEmpty();
    study.tell(1, Measurement.of("loss", 3).and("seconds", 1));
    assertThat(study.best().map(Trial::number)).hasValue(1);
    assertThat(study.history().trial(0).state()).isEqualTo(TrialState.INFEASIBLE);
    assertThat(study.history().trial(0).reports()).hasSize(1);
  }

  @Test
  void isUnharmedByWrongTells() {
    study.ask();
    study.ask();
    study.tell(0, 1);
    History before = study.history();
    refused(() -> study.tell(0, 2), "Trial 0 must be running, but was COMPLETED");
    refused(() -> study.tell(7, 2), "Trial 7 must be one of the 2 trials of the study");
    refused(() -> study.tell(1, Double.NaN), "Value of metric loss must be finite, but was NaN");
    refused(
        () -> study.tell(1, Measurement.of("accuracy", 1)),
        "Trial 1 must be told with loss, but was with [accuracy]");
    assertThat(study.history()).isEqualTo(before);
    study.tell(1, 0.5);
    assertThat(study.best().map(Trial::number)).hasValue(1);
    assertThat(study.ask().number()).isEqualTo(2);
  }

  @Test
  void triesStartPointsFirstAndGoesOnFromAHistory() {
    Assignment start = TestSpaces.tiny().defaults();
    StudySpec spec = StudySpec.of(TestSpaces.tiny(), Goal.minimize("loss"), 1).startingWith(start);
    Study first = Study.of(Suggesters.named("random"), History.empty(spec));
    assertThat(first.ask().assignment()).isEqualTo(start);
    Study resumed = Study.of(Suggesters.named("random"), first.history());
    resumed.tell(0, 1);
    assertThat(resumed.ask().origin()).isEqualTo("random");
    assertThat(first.history().trial(0).state()).isEqualTo(TrialState.RUNNING);
  }

  @Test
  void servesSeveralThreads() throws Exception {
    Study shared =
        Study.create(TestSpaces.flat(), Goal.minimize("loss"), Suggesters.named("random"), 1);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    Callable<Void> worker =
        () -> {
          for (int i = 0; i < 50; i++) {
            Trial trial = shared.ask();
            shared.tell(trial.number(), trial.number());
          }
          return null;
        };
    try {
      for (var each : pool.invokeAll(List.of(worker, worker, worker, worker))) {
        each.get();
      }
    } finally {
      pool.shutdown();
    }
    assertThat(shared.history().ended())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 200).boxed().toList());
    assertThat(shared.best().map(Trial::number)).hasValue(0);
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
