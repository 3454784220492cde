package org.fettle.driver.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.fettle.driver.store.StudyStatus;
import org.fettle.driver.study.SimulatedBackend.Simulated;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.search.prune.Pruners;
import org.fettle.search.prune.Verdict;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;
import org.fettle.search.suggest.Suggesters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyRunnerTest {

  private final Simulation simulation = new Simulation();

  private StudyStatus run(SimulatedBackend backend) throws InterruptedException {
    return simulation.runner(backend).run();
  }

  @Test
  void takesAllTrialsAndEndsDone() throws InterruptedException {
    assertThat(run(simulation.backend())).isEqualTo(StudyStatus.DONE);

    Replay replay = simulation.replay();
    assertThat(replay.status()).isEqualTo(StudyStatus.DONE);
    assertThat(replay.history().size()).isEqualTo(8);
    assertThat(replay.history().completed()).hasSize(8);
    assertThat(replay.history().running()).isEmpty();
    Trial best = replay.history().incumbent().orElseThrow();
    double x = best.assignment().number("x");
    assertThat(best.completed()).hasValue(Measurement.of("loss", x * x));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 20})
  void hasNeverMoreInFlightThanAsked(int parallel) throws InterruptedException {
    simulation.parallel = OptionalInt.of(parallel);
    simulation.folds = 3;
    simulation.slots = 4;
    SimulatedBackend backend = simulation.backend();

    run(backend);

    assertThat(backend.mostInFlight()).isEqualTo(Math.min(parallel, 8));
    assertThat(simulation.replay().history().completed()).hasSize(8);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "4,1,4", "15,1,15", "16,1,17", "33,1,35", "1,5,2", "5,5,2", "8,3,4"})
  void hasSomeTrialsMoreThanTheSlotsHoldWhereTheyHaveFoldsOrSlotsAreMany(
      int slots, int folds, int inFlight) throws InterruptedException {
    simulation.trials = OptionalInt.of(40);
    simulation.parallel = OptionalInt.empty();
    simulation.slots = slots;
    simulation.folds = folds;
    SimulatedBackend backend = simulation.backend();

    run(backend);

    assertThat(backend.mostInFlight()).isEqualTo(inFlight);
  }

  @Test
  void startsTheNextTrialWhenOneEndsWithoutWaitingForTheOthers() throws InterruptedException {
    simulation.parallel = OptionalInt.of(2);
    simulation.trials = OptionalInt.of(4);
    simulation.runs =
        task ->
            new Simulated(
                Duration.ofSeconds(task.trial() == 0 ? 100 : 10), Simulation.scored(task).result());
    SimulatedBackend backend = simulation.backend();

    run(backend);

    assertThat(backend.log())
        .containsExactly("0 submit 0 ×1", "0 submit 1 ×1", "10 submit 2 ×1", "20 submit 3 ×1");
    assertThat(simulation.replay().history().ended()).containsExactly(1, 2, 3, 0);
    assertThat(simulation.replay().timings().get(0).ended()).hasValue(Instant.ofEpochSecond(100));
  }

  @Test
  void aFailedRunEndsItsSiblingsAndTheStudyGoesOn() throws InterruptedException {
    simulation.folds = 3;
    simulation.trials = OptionalInt.of(3);
    simulation.runs =
        task ->
            task.trial() == 1 && Simulation.fold(task) == 2
                ? new Simulated(
                    Duration.ZERO,
                    new TaskResult.Failed(FailureCode.USER_ERROR, "no such layer", "trace"))
                : Simulation.scored(task);
    SimulatedBackend backend = simulation.backend();

    assertThat(run(backend)).isEqualTo(StudyStatus.DONE);

    History history = simulation.replay().history();
    assertThat(history.trial(1).outcome())
        .hasValue(new Outcome.Failed(FailureCode.USER_ERROR, "no such layer"));
    assertThat(history.trial(1).folds()).isEmpty();
    assertThat(history.completed()).extracting(Trial::number).containsExactly(0, 2);
    assertThat(backend.log().stream().filter(line -> line.contains("cancel")))
        .singleElement()
        .asString()
        .endsWith("cancel 1");
  }

  @Test
  void ignoresResultsOfATrialThatHasEnded() throws InterruptedException {
    simulation.folds = 3;
    simulation.parallel = OptionalInt.of(2);
    simulation.runs =
        task ->
            Simulation.fold(task) == task.trial() % 3
                ? Simulation.failed(FailureCode.ENGINE_ERROR, "broken")
                : Simulation.scored(task);
    SimulatedBackend backend = simulation.backend().deaf();

    run(backend);

    assertThat(simulation.events()).doesNotHaveDuplicates();
    assertThat(simulation.replay().history().trials())
        .extracting(Trial::state)
        .containsOnly(TrialState.FAILED);
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void endsATrialAsItsFailureSays(FailureCode code) throws InterruptedException {
    simulation.trials = OptionalInt.of(1);
    simulation.runs = task -> Simulation.failed(code, "of this kind");

    run(simulation.backend());

    assertThat(simulation.replay().history().trial(0).outcome())
        .hasValue(Outcome.of(code, "of this kind"));
  }

  @Test
  void failsATrialThatDoesNotMeasureTheGoal() throws InterruptedException {
    simulation.folds = 2;
    simulation.trials = OptionalInt.of(1);
    simulation.runs =
        task ->
            new Simulated(
                Duration.ZERO,
                new TaskResult.Scored(
                    Simulation.fold(task) == 0
                        ? Measurement.of("accuracy", 1).and("loss", 2)
                        : Measurement.of("accuracy", 1),
                    List.of(),
                    1));

    run(simulation.backend());

    assertThat(simulation.replay().history().trial(0).outcome())
        .hasValue(
            new Outcome.Failed(
                FailureCode.USER_ERROR,
                "Trial must measure [loss] on every fold, but measured [accuracy]"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void endsDoneWhenTheSpaceIsExhausted(int parallel) throws InterruptedException {
    simulation.suggester = Suggesters.named("grid");
    simulation.space =
        new SearchSpace(List.of(IntegerParameter.of("n", 1, 3, Scale.LINEAR)), List.of());
    simulation.trials = OptionalInt.empty();
    simulation.parallel = OptionalInt.of(parallel);
    simulation.runs =
        task ->
            new Simulated(
                Duration.ofMinutes(Simulation.n(task)),
                new TaskResult.Scored(Measurement.of("loss", 1), List.of(), 1));

    assertThat(run(simulation.backend())).isEqualTo(StudyStatus.DONE);

    assertThat(simulation.replay().history().trials())
        .extracting(Trial::assignment)
        .containsExactly(Assignment.of("n", 1), Assignment.of("n", 2), Assignment.of("n", 3));
  }

  @Test
  void endsDoneWithoutATrialWhenNothingIsSuggested() throws InterruptedException {
    simulation.suggester = (history, count) -> List.of();

    assertThat(run(simulation.backend())).isEqualTo(StudyStatus.DONE);

    assertThat(simulation.events()).containsExactly("DONE");
  }

  @ParameterizedTest
  @CsvSource({"random,1", "random,3", "random,8", "grid,1", "grid,3", "grid,8"})
  void suggestsTheSameForATrialNumberAtAnyParallelism(String suggester, int parallel)
      throws InterruptedException {
    simulation.suggester = Suggesters.named(suggester);
    run(simulation.backend());

    Simulation other = new Simulation();
    other.suggester = simulation.suggester;
    other.parallel = OptionalInt.of(parallel);
    other.runner(other.backend()).run();

    assertThat(other.replay().history().trials())
        .extracting(Trial::assignment)
        .isEqualTo(simulation.replay().history().trials().stream().map(Trial::assignment).toList());
    assertThat(other.replay().history().trials())
        .extracting(Trial::outcome)
        .isEqualTo(simulation.replay().history().trials().stream().map(Trial::outcome).toList());
  }

  @Test
  void writesTheJournalBeforeItSubmits() throws InterruptedException {
    simulation.parallel = OptionalInt.of(3);
    List<Integer> known = new ArrayList<>();
    simulation.runs =
        task -> {
          known.add(simulation.replay().history().trial(task.trial()).number());
          return Simulation.scored(task);
        };

    run(simulation.backend());

    assertThat(known).isEqualTo(IntStream.range(0, 8).boxed().toList());
  }

  @Test
  void tellsTheListenerInOrderWhatIsInTheJournal() throws InterruptedException {
    List<String> told = new ArrayList<>();
    simulation.trials = OptionalInt.of(2);
    simulation.listener =
        new StudyListener() {
          @Override
          public void trialStarted(History history, Trial trial) {
            told.add("started " + trial.number());
          }

          @Override
          public void trialEnded(History history, Trial trial) {
            assertThat(simulation.replay().history()).isEqualTo(history);
            told.add("ended " + trial.number() + " " + trial.state());
          }

          @Override
          public void studyEnded(History history, StudyStatus status) {
            told.add(status.name());
          }
        };

    run(simulation.backend());

    assertThat(told)
        .containsExactly(
            "started 0", "ended 0 COMPLETED", "started 1", "ended 1 COMPLETED", "DONE");
  }

  @Test
  void closesTheJournalWhenTheSuggesterThrows() {
    simulation.suggester =
        (history, count) -> {
          if (history.size() == 3) {
            throw new IllegalStateException("Matrix must be positive definite");
          }
          return Suggesters.named("random").suggest(history, count);
        };
    SimulatedBackend backend = simulation.backend();

    assertThatThrownBy(() -> run(backend))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Matrix must be positive definite");

    assertThat(simulation.events()).endsWith("fold 2/0", "ended 2 COMPLETED", "FAILED");
  }

  @Test
  void cancelsWhatRunsWhenTheSuggesterThrows() {
    simulation.parallel = OptionalInt.of(2);
    simulation.suggester =
        (history, count) -> {
          if (history.size() == 2) {
            throw new IllegalStateException("Matrix must be positive definite");
          }
          return Suggesters.named("random").suggest(history, count);
        };
    simulation.runs =
        task ->
            new Simulated(Duration.ofMinutes(task.trial() + 1), Simulation.scored(task).result());
    SimulatedBackend backend = simulation.backend();

    assertThatThrownBy(() -> run(backend)).hasMessage("Matrix must be positive definite");

    assertThat(backend.log()).endsWith("60 cancel 1");
    assertThat(simulation.replay().status()).isEqualTo(StudyStatus.FAILED);
    assertThat(simulation.replay().history().running())
        .extracting(Trial::number)
        .containsExactly(1);
  }

  @Test
  void actsOnNothingThatTheJournalDoesNotHold() {
    simulation.parallel = OptionalInt.of(2);
    simulation.store = new MemoryStore().breakingAfter(2);
    SimulatedBackend backend = simulation.backend();

    assertThatThrownBy(() -> run(backend)).hasMessageContaining("the disk is full");

    assertThat(backend.log().stream().filter(line -> line.contains("submit"))).hasSize(2);
    assertThat(backend.log().stream().filter(line -> line.contains("cancel"))).isNotEmpty();
    assertThat(simulation.events()).containsExactly("started 0", "started 1");
  }

  @Test
  void closesTheJournalWhenTheBackendThrows() {
    simulation.runs =
        task -> {
          throw new IllegalStateException("Cannot call methods on a stopped SparkContext");
        };

    assertThatThrownBy(() -> run(simulation.backend()))
        .hasMessage("Cannot call methods on a stopped SparkContext");

    assertThat(simulation.events()).containsExactly("started 0", "FAILED");
  }

  @Test
  void closesTheJournalWhenItsThreadIsInterrupted() {
    simulation.parallel = OptionalInt.of(2);
    SimulatedBackend backend = simulation.backend();
    backend.beforeEach(() -> Thread.currentThread().interrupt());

    assertThatThrownBy(() -> run(backend))
        .isInstanceOf(InterruptedException.class)
        .hasMessage(null);

    assertThat(simulation.events()).endsWith("INTERRUPTED");
    assertThat(backend.log()).contains("60 cancel 0").contains("60 cancel 1");
  }

  @Test
  void heedsAStopThatCameBeforeItRan() throws InterruptedException {
    SimulatedBackend backend = simulation.backend();
    StudyRunner runner = simulation.runner(backend);
    runner.stop();

    assertThat(runner.run()).isEqualTo(StudyStatus.INTERRUPTED);
    assertThat(simulation.events()).containsExactly("INTERRUPTED");
    assertThat(backend.log()).isEmpty();
  }

  @Test
  void startsNoMoreTrialsWhenAStopRuleHoldsAndSaysWhy() throws InterruptedException {
    simulation.parallel = OptionalInt.of(2);
    simulation.stop =
        (history, elapsed) ->
            history.completed().size() < 3
                ? Optional.empty()
                : Optional.of("3 trials after " + elapsed.toMinutes() + " min");
    simulation.runs =
        task -> new Simulated(Duration.ofMinutes(5), Simulation.scored(task).result());

    assertThat(run(simulation.backend())).isEqualTo(StudyStatus.DONE);

    assertThat(simulation.replay().reason()).hasValue("3 trials after 10 min");
    assertThat(simulation.replay().history().completed()).hasSize(4);
    assertThat(simulation.replay().history().running()).isEmpty();
  }

  @Test
  void prunesATrialBetweenItsFoldsAndCancelsTheRest() throws InterruptedException {
    simulation.folds = 3;
    simulation.slots = 1;
    simulation.trials = OptionalInt.of(2);
    simulation.pruner =
        Optional.of(
            (history, running) ->
                running.number() == 1 && running.folds().size() == 2
                    ? Verdict.stop("2 folds will do")
                    : Verdict.keep());
    SimulatedBackend backend = simulation.backend();

    run(backend);

    History history = simulation.replay().history();
    Trial pruned = history.trial(1);
    double x = pruned.assignment().number("x");
    assertThat(history.trial(0).state()).isEqualTo(TrialState.COMPLETED);
    assertThat(pruned.folds()).containsOnlyKeys(0, 1);
    assertThat(pruned.outcome())
        .hasValue(new Outcome.Pruned(Measurement.of("loss", x * x + 0.05), "2 folds will do"));
    assertThat(backend.log()).last().asString().endsWith("cancel 1");
  }

  @Test
  void racesOverFoldsWithARealPruner() throws InterruptedException {
    simulation.folds = 5;
    simulation.slots = 1;
    simulation.trials = OptionalInt.of(30);
    simulation.pruner = Optional.of(Pruners.named("racing"));

    run(simulation.backend());

    History history = simulation.replay().history();
    long folds = history.trials().stream().mapToLong(trial -> trial.folds().size()).sum();
    assertThat(history.trials())
        .extracting(Trial::state)
        .containsOnly(TrialState.COMPLETED, TrialState.PRUNED);
    assertThat(folds).isLessThan(150);
    assertThat(history.incumbent().orElseThrow().folds()).hasSize(5);
  }

  /** Loss x + 1/step after each of ten steps, in every fold. */
  private static Simulated curve(TrialTask task) {
    int fold = (int) Simulation.fold(task);
    double x = Math.abs(Simulation.x(task));
    List<Report> reports =
        IntStream.rangeClosed(1, 10)
            .mapToObj(step -> new Report(fold, step, Measurement.of("loss", x + 1.0 / step)))
            .toList();
    return new Simulated(
        Duration.ofMinutes(11),
        new TaskResult.Scored(Measurement.of("loss", x + 0.1), reports, 660));
  }

  @Test
  void prunesARunUnderWayByWhatItReports() throws InterruptedException {
    simulation.trials = OptionalInt.of(2);
    simulation.runs = StudyRunnerTest::curve;
    simulation.pruner =
        Optional.of(
            (history, running) ->
                running.number() == 1 && running.reports().size() == 3
                    ? Verdict.stop("3 steps will do")
                    : Verdict.keep());
    SimulatedBackend backend = simulation.backend().live();

    run(backend);

    Replay replay = simulation.replay();
    assertThat(replay.history().trial(0).reports()).hasSize(10);
    assertThat(replay.history().trial(0).state()).isEqualTo(TrialState.COMPLETED);
    assertThat(replay.history().trial(1).reports()).hasSize(3);
    assertThat(replay.history().trial(1).outcome())
        .hasValue(new Outcome.Pruned(Measurement.none(), "3 steps will do"));
    assertThat(backend.log()).last().isEqualTo(11 * 60 + 3 * 60 + " cancel 1");
    assertThat(simulation.events())
        .endsWith("reported 1/0/1", "reported 1/0/2", "reported 1/0/3", "ended 1 PRUNED", "DONE");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hearsOfEachReportOnceWhetherLiveOrAtTheEnd(boolean live) throws InterruptedException {
    simulation.folds = 2;
    simulation.parallel = OptionalInt.of(3);
    simulation.runs = StudyRunnerTest::curve;
    SimulatedBackend backend = simulation.backend();

    StudyRunner runner = simulation.runner(live ? backend.live() : backend);
    runner.run();

    assertThat(simulation.replay().history()).isEqualTo(runner.history());
    for (Trial trial : runner.history().trials()) {
      assertThat(trial.reports()).hasSize(20).doesNotHaveDuplicates();
    }
    assertThat(simulation.events().stream().filter(each -> each.startsWith("reported")))
        .hasSize(live ? 160 : 0);
  }

  @Test
  void halvingSavesMostStepsOfARealStudy() throws InterruptedException {
    simulation.trials = OptionalInt.of(60);
    simulation.parallel = OptionalInt.of(4);
    simulation.runs = StudyRunnerTest::curve;
    simulation.pruner = Optional.of(Pruners.named("halving"));

    run(simulation.backend().live());

    History history = simulation.replay().history();
    int steps = history.trials().stream().mapToInt(trial -> trial.reports().size()).sum();
    double least =
        history.trials().stream()
            .mapToDouble(trial -> Math.abs(trial.assignment().number("x")))
            .min()
            .orElseThrow();
    assertThat(steps).isLessThan(300);
    assertThat(history.incumbent().orElseThrow().completed())
        .hasValue(Measurement.of("loss", least + 0.1));
  }

  @Test
  void prunesOnTwoLevelsAtOnce() throws InterruptedException {
    simulation.trials = OptionalInt.of(60);
    simulation.folds = 5;
    simulation.slots = 1;
    simulation.runs = StudyRunnerTest::curve;
    simulation.pruner =
        Optional.of(Pruners.named("layered", Map.of("epochs", Map.of("type", "median"))));

    run(simulation.backend().live());

    List<Trial> pruned =
        simulation.replay().history().trials().stream()
            .filter(trial -> trial.state() == TrialState.PRUNED)
            .toList();
    assertThat(pruned).anyMatch(trial -> trial.reports().size() % 10 > 0);
    assertThat(pruned).anyMatch(trial -> trial.reports().size() % 10 == 0);
  }

  @Test
  void reportsShareSegmentsOfTheJournal() throws InterruptedException {
    simulation.trials = OptionalInt.of(1);
    simulation.runs = task -> new Simulated(Duration.ofSeconds(2), curve(task).result());

    run(simulation.backend().live());

    assertThat(simulation.store.appends()).isEqualTo(3);
  }
}
