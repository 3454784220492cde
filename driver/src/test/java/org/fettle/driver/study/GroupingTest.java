package org.fettle.driver.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.fettle.driver.job.FailureSpec;
import org.fettle.driver.store.StudyStatus;
import org.fettle.driver.study.SimulatedBackend.Simulated;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.prune.Verdict;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;
import org.fettle.search.suggest.Suggesters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which runs a study begins as one task. */
class GroupingTest {

  private final Simulation simulation = new Simulation();

  @BeforeEach
  void allRunsGoTogether() {
    simulation.folds = 3;
    simulation.slots = 1;
    simulation.trials = OptionalInt.of(3);
    simulation.most = 16;
    simulation.fusion = trial -> Optional.of("mlp");
    simulation.runs = task -> new Simulated(Duration.ofMinutes(1), loss(Simulation.x(task)));
  }

  private static TaskResult loss(double loss) {
    return new TaskResult.Scored(Measurement.of("loss", loss), List.of(), 1);
  }

  private List<String> log() throws InterruptedException {
    SimulatedBackend backend = simulation.backend();
    assertThat(simulation.runner(backend).run()).isEqualTo(StudyStatus.DONE);
    return backend.log();
  }

  @Test
  void theFoldsOfATrialAreOneTask() throws InterruptedException {
    assertThat(log())
        .containsExactly("0 submit 0/0 0/1 0/2", "60 submit 1/0 1/1 1/2", "120 submit 2/0 2/1 2/2");
  }

  @Test
  void freeSlotsShareWhatWaits() throws InterruptedException {
    simulation.slots = 2;
    simulation.trials = OptionalInt.of(1);

    assertThat(log()).containsExactly("0 submit 0/0 0/1", "0 submit 0 ×1");
  }

  @Test
  void trialsThatAreThereTogetherAreOneTaskAndAFullOneLeavesNoTrialInTwo()
      throws InterruptedException {
    simulation.trials = OptionalInt.of(6);
    simulation.parallel = OptionalInt.of(6);
    simulation.most = 8;

    // One task more than there are slots, so that none stands idle while the loop thinks.
    assertThat(log())
        .containsExactly(
            "0 submit 0/0 0/1 0/2 1/0 1/1 1/2",
            "0 submit 2/0 2/1 2/2 3/0 3/1 3/2",
            "60 submit 4/0 4/1 4/2 5/0 5/1 5/2");
  }

  @Test
  void onlyEqualRunsGoTogetherAndThoseThatWaitAnywayFindCompany() throws InterruptedException {
    simulation.trials = OptionalInt.of(8);
    simulation.parallel = OptionalInt.of(4);
    simulation.fusion = trial -> Optional.of(trial.number() % 2 == 0 ? "small" : "large");

    assertThat(log())
        .containsExactly(
            "0 submit 0/0 0/1 0/2 2/0 2/1 2/2",
            "0 submit 1/0 1/1 1/2 3/0 3/1 3/2",
            "60 submit 4/0 4/1 4/2",
            "120 submit 5/0 5/1 5/2 7/0 7/1 7/2",
            "180 submit 6/0 6/1 6/2");
  }

  @Test
  void whatTheEngineTrainsAloneIsBegunAtOnce() throws InterruptedException {
    simulation.fusion = trial -> Optional.<String>empty();
    simulation.parallel = OptionalInt.of(3);

    assertThat(log()).containsExactly("0 submit 0 ×3", "0 submit 1 ×3", "0 submit 2 ×3");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,4", "2,8", "5,3"})
  void assignmentsAndScoresAreThoseOfRunsByThemselves(int slots, int parallel)
      throws InterruptedException {
    simulation.slots = slots;
    simulation.trials = OptionalInt.of(9);
    simulation.parallel = OptionalInt.of(parallel);
    log();
    Simulation alone = new Simulation();
    alone.folds = 3;
    alone.trials = simulation.trials;
    alone.runs = simulation.runs;
    alone.runner(alone.backend()).run();

    assertThat(simulation.replay().history().trials())
        .extracting(Trial::assignment)
        .isEqualTo(alone.replay().history().trials().stream().map(Trial::assignment).toList());
    assertThat(simulation.replay().history().trials())
        .extracting(Trial::completed)
        .isEqualTo(alone.replay().history().trials().stream().map(Trial::completed).toList());
  }

  @ParameterizedTest
  @CsvSource({"EXECUTOR_LOST,'60 submit 0 ×3'", "PREEMPTED,60 submit 0/0 0/1 0/2"})
  void aTaskThatIsLostIsBegunAgainWithoutCompanyUnlessNoneWasToBlame(FailureCode code, String again)
      throws InterruptedException {
    simulation.trials = OptionalInt.of(1);
    boolean[] lost = {false};
    simulation.runs =
        task ->
            lost[0]
                ? new Simulated(Duration.ofMinutes(1), loss(1))
                : Simulation.failed(code, "gone with 3 runs");
    SimulatedBackend backend = simulation.backend().beforeEach(() -> lost[0] = true);

    simulation.runner(backend).run();

    assertThat(backend.log()).containsExactly("0 submit 0/0 0/1 0/2", again);
    assertThat(simulation.replay().retried()).isEqualTo(Map.of(code, 3));
    assertThat(simulation.replay().history().completed()).hasSize(1);
  }

  @Test
  void aRunThatDivergesEndsItsTrialAndTheOthersOfItsTaskGoOn() throws InterruptedException {
    simulation.trials = OptionalInt.of(4);
    simulation.parallel = OptionalInt.of(4);
    simulation.runs =
        task ->
            task.trial() == 2 && Simulation.fold(task) == 1
                ? Simulation.failed(FailureCode.DIVERGED, "loss was NaN")
                : new Simulated(Duration.ofMinutes(1), loss(1));

    assertThat(log())
        .containsExactly("0 submit 0/0 0/1 0/2 1/0 1/1 1/2 2/0 2/1 2/2 3/0 3/1 3/2", "60 cancel 2");

    assertThat(simulation.replay().history().trials())
        .extracting(Trial::state)
        .containsExactly(
            TrialState.COMPLETED,
            TrialState.COMPLETED,
            TrialState.INFEASIBLE,
            TrialState.COMPLETED);
  }

  @Test
  void aPrunedTrialLeavesItsTaskAndTheOthersGoOn() throws InterruptedException {
    simulation.trials = OptionalInt.of(4);
    simulation.parallel = OptionalInt.of(4);
    simulation.most = 6;
    simulation.runs = Simulation::scored;
    simulation.space =
        new SearchSpace(List.of(DoubleParameter.of("x", -1, 1, Scale.LINEAR)), List.of());
    simulation.pruner =
        Optional.of(
            (history, running) ->
                running.number() == 2 && !running.reports().isEmpty()
                    ? Verdict.stop("it will not do")
                    : Verdict.keep());
    SimulatedBackend backend = simulation.backend().live();

    simulation.runner(backend).run();

    assertThat(backend.log())
        .containsExactly(
            "0 submit 0/0 0/1 0/2 1/0 1/1 1/2", "0 submit 2/0 2/1 2/2 3/0 3/1 3/2", "90 cancel 2");
    assertThat(simulation.replay().history().trial(2).outcome())
        .hasValueSatisfying(outcome -> assertThat(outcome).isInstanceOf(Outcome.Pruned.class));
    assertThat(simulation.replay().history().completed()).hasSize(3);
  }

  @Test
  void limitsOfTimeGrowWithTheCompany() throws InterruptedException {
    simulation.trials = OptionalInt.of(1);
    simulation.failures =
        new FailureSpec(Map.of(), Optional.empty(), Optional.of(Duration.ofSeconds(100)));
    simulation.runs = task -> new Simulated(Duration.ofSeconds(290), loss(1));
    log();
    assertThat(simulation.replay().history().completed()).hasSize(1);

    Simulation slow = new Simulation();
    slow.folds = 3;
    slow.slots = 1;
    slow.most = 3;
    slow.fusion = simulation.fusion;
    slow.trials = OptionalInt.of(1);
    slow.failures = simulation.failures;
    slow.runs = task -> new Simulated(Duration.ofSeconds(310), loss(1));
    slow.runner(slow.backend()).run();

    assertThat(slow.replay().history().trial(0).outcome())
        .hasValue(
            Outcome.of(
                FailureCode.TIMED_OUT,
                "Run must end within 5m as one network with 2 others, but did not"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "grid", "quasirandom"})
  void whatLearnsNothingHasEnoughInFlightToFillItsNetworks(String suggester)
      throws InterruptedException {
    simulation.suggester = Suggesters.named(suggester);
    simulation.parallel = OptionalInt.empty();
    simulation.slots = 2;
    simulation.mostOfSeveralTrials = 16;
    simulation.trials = OptionalInt.of(30);
    SimulatedBackend backend = simulation.backend();

    simulation.runner(backend).run();

    assertThat(backend.mostInFlight()).isEqualTo(12);
  }

  @Test
  void whatLearnsHasNoMoreInFlightThanWithoutCompany() throws InterruptedException {
    simulation.suggester = Suggesters.named("tpe");
    simulation.parallel = OptionalInt.empty();
    simulation.slots = 2;
    simulation.mostOfSeveralTrials = 16;
    simulation.trials = OptionalInt.of(12);
    SimulatedBackend backend = simulation.backend();

    simulation.runner(backend).run();

    assertThat(backend.mostInFlight()).isEqualTo(2);
  }
}
