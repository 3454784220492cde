package org.fettle.driver.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.fettle.driver.job.FailureSpec;
import org.fettle.driver.store.StudyStatus;
import org.fettle.driver.study.SimulatedBackend.Simulated;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.History;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that break, and runs that take too long. */
class FailuresTest {

  private final Simulation simulation = new Simulation();
  private final Map<String, Integer> begun = new HashMap<>();

  /** Fails so many times, and is scored then. */
  private Simulated failing(TrialTask task, int times, FailureCode code) {
    String run = task.trial() + "/" + Simulation.fold(task);
    return begun.merge(run, 1, Integer::sum) <= times
        ? Simulation.failed(code, "number " + begun.get(run))
        : Simulation.scored(task);
  }

  private static FailureSpec limits(int timedOut, Duration trial, Duration run) {
    return new FailureSpec(
        Map.of(FailureCode.TIMED_OUT, timedOut),
        Optional.of(trial).filter(limit -> !limit.isZero()),
        Optional.of(run).filter(limit -> !limit.isZero()));
  }

  @Test
  void budgetsGoOnWhereAStudyDoes() throws InterruptedException {
    simulation.trials = OptionalInt.of(1);
    simulation.runs = task -> failing(task, 9, FailureCode.EXECUTOR_LOST);
    SimulatedBackend backend = simulation.backend();
    StudyRunner first = simulation.runner(backend);
    simulation.runs =
        task -> {
          if (begun.getOrDefault("0/0", 0) == 2) {
            first.stop();
          }
          return failing(task, 9, FailureCode.EXECUTOR_LOST);
        };
    assertThat(first.run()).isEqualTo(StudyStatus.INTERRUPTED);
    int before = begun.getOrDefault("0/0", 0);
    assertThat(before).isEqualTo(3);

    simulation.runner(simulation.backend()).run();

    // Three times again of three, two of them before: the first run and three others, and the one
    // that was cut off.
    assertThat(begun).containsEntry("0/0", 5);
    assertThat(simulation.replay().history().trial(0).state()).isEqualTo(TrialState.FAILED);
  }

  @Test
  void onlyTheRunThatAnExecutorLostIsBegunAgain() throws InterruptedException {
    simulation.trials = OptionalInt.of(2);
    simulation.folds = 3;
    simulation.runs =
        task ->
            task.trial() == 0 && Simulation.fold(task) == 1
                ? failing(task, 3, FailureCode.EXECUTOR_LOST)
                : Simulation.scored(task);
    SimulatedBackend backend = simulation.backend();
    List<String> told = new ArrayList<>();
    simulation.listener =
        new StudyListener() {
          @Override
          public void runFailed(History history, int trial, int fold, TaskResult.Failed failure) {
            told.add(trial + "/" + fold + " " + failure.message());
          }
        };

    assertThat(simulation.runner(backend).run()).isEqualTo(StudyStatus.DONE);

    Replay replay = simulation.replay();
    assertThat(replay.history().completed()).hasSize(2);
    assertThat(replay.history().trial(0).folds()).containsOnlyKeys(0, 1, 2);
    assertThat(replay.retried()).isEqualTo(Map.of(FailureCode.EXECUTOR_LOST, 3));
    assertThat(told).containsExactly("0/1 number 1", "0/1 number 2", "0/1 number 3");
    assertThat(simulation.events())
        .filteredOn(event -> event.startsWith("failed"))
        .containsExactly(
            "failed 0/1 EXECUTOR_LOST", "failed 0/1 EXECUTOR_LOST", "failed 0/1 EXECUTOR_LOST");
    assertThat(backend.log())
        .filteredOn(line -> line.contains(" 0 "))
        .containsExactly("0 submit 0 ×3", "60 submit 0 ×1", "120 submit 0 ×1", "180 submit 0 ×1");
  }

  @ParameterizedTest
  @CsvSource({
    "USER_ERROR,0",
    "ENGINE_ERROR,0",
    "DIVERGED,0",
    "OUT_OF_MEMORY,0",
    "EXECUTOR_LOST,3",
    "PREEMPTED,10",
    "DRIVER_ERROR,1"
  })
  void eachKindOfFailureHasItsOwnBudget(FailureCode code, int retries) throws InterruptedException {
    simulation.trials = OptionalInt.of(2);
    simulation.runs = task -> failing(task, retries + 1 - task.trial(), code);

    simulation.runner(simulation.backend()).run();

    Replay replay = simulation.replay();
    assertThat(replay.history().trial(0).outcome())
        .hasValue(Outcome.of(code, "number " + (retries + 1)));
    assertThat(replay.history().trial(1).completed()).isPresent();
    assertThat(begun).containsEntry("0/0", retries + 1).containsEntry("1/0", retries + 1);
  }

  @Test
  void failuresOfOneKindLeaveTheBudgetsOfOthers() throws InterruptedException {
    simulation.trials = OptionalInt.of(1);
    simulation.runs =
        task ->
            failing(
                task,
                8,
                begun.getOrDefault("0/0", 0) % 3 == 0
                    ? FailureCode.EXECUTOR_LOST
                    : FailureCode.PREEMPTED);

    simulation.runner(simulation.backend()).run();

    assertThat(simulation.replay().history().completed()).hasSize(1);
    assertThat(simulation.replay().retried())
        .isEqualTo(Map.of(FailureCode.EXECUTOR_LOST, 3, FailureCode.PREEMPTED, 5));
  }

  @Test
  void aTrialThatTakesTooLongIsInfeasible() throws InterruptedException {
    simulation.trials = OptionalInt.of(6);
    simulation.failures = limits(0, Duration.ofSeconds(150), Duration.ZERO);
    SimulatedBackend backend = simulation.backend();

    simulation.runner(backend).run();

    for (Trial trial : simulation.replay().history().trials()) {
      if (trial.assignment().integer("n") == 3) {
        assertThat(trial.outcome())
            .hasValue(
                new Outcome.Infeasible(
                    FailureCode.TIMED_OUT, "Trial must end within 2m30s, but did not"));
      } else {
        assertThat(trial.completed()).isPresent();
      }
    }
    assertThat(backend.log()).anyMatch(line -> line.contains("cancel"));
  }

  @Test
  void timeInTheQueueDoesNotCount() throws InterruptedException {
    simulation.trials = OptionalInt.of(4);
    simulation.parallel = OptionalInt.of(4);
    simulation.slots = 1;
    simulation.failures = limits(0, Duration.ofSeconds(181), Duration.ZERO);

    simulation.runner(simulation.backend()).run();

    assertThat(simulation.replay().history().completed()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aRunThatTookTooLongIsBegunAgainAsOftenAsItMay(int retries) throws InterruptedException {
    simulation.trials = OptionalInt.of(1);
    simulation.folds = 2;
    simulation.failures = limits(retries, Duration.ZERO, Duration.ofSeconds(100));
    simulation.runs =
        task ->
            Simulation.fold(task) == 1 && begun.merge("0/1", 1, Integer::sum) <= 2
                ? new Simulated(Duration.ofHours(1), Simulation.scored(task).result())
                : new Simulated(Duration.ofSeconds(10), Simulation.scored(task).result());
    SimulatedBackend backend = simulation.backend();

    simulation.runner(backend).run();

    Trial trial = simulation.replay().history().trial(0);
    assertThat(trial.folds()).containsKey(0);
    if (retries == 2) {
      assertThat(trial.completed()).isPresent();
      assertThat(backend.log())
          .containsExactly(
              "0 submit 0 ×2",
              "100 cancel 0",
              "100 submit 0 ×1",
              "200 cancel 0",
              "200 submit 0 ×1");
    } else {
      assertThat(trial.outcome())
          .hasValue(
              new Outcome.Infeasible(
                  FailureCode.TIMED_OUT, "Run must end within 1m40s, but did not"));
    }
  }
}
