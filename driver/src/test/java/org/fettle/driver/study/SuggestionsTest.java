package org.fettle.driver.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StudyStatus;
import org.fettle.driver.study.SimulatedBackend.Simulated;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.search.prune.Verdict;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;
import org.fettle.search.study.TrialState;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggesters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Suggestions that take their time. */
class SuggestionsTest {

  private final Simulation simulation = new Simulation();

  private static Simulated taking(TrialTask task, double seconds) {
    return new Simulated(
        Duration.ofMillis(Math.round(seconds * 1000)), Simulation.scored(task).result());
  }

  /** The events that a trial's suggester knew: those before its start less the ones it missed. */
  private static List<JournalEvent> known(List<JournalEvent> events, int start) {
    List<JournalEvent> known = new ArrayList<>();
    int missed = ((JournalEvent.TrialStarted) events.get(start)).missed();
    for (int i = start - 1; i >= 0; i--) {
      boolean isStart = events.get(i) instanceof JournalEvent.TrialStarted;
      if (isStart || missed == 0) {
        known.add(0, events.get(i));
      } else {
        missed--;
      }
    }
    return known;
  }

  @ParameterizedTest
  @CsvSource({"tpe,0", "tpe,3", "tpe,70", "gp,20", "random,20", "cmaes,20"})
  void theJournalTellsWhatEachSuggestionWasMadeOf(String name, int seconds)
      throws InterruptedException {
    Suggester suggester = Suggesters.named(name);
    simulation.suggester = suggester;
    simulation.parallel = OptionalInt.of(4);
    simulation.trials = OptionalInt.of(40);
    simulation.folds = 2;

    simulation
        .runner(simulation.backend().live().suggestingWithin(Duration.ofSeconds(seconds)))
        .run();

    List<JournalEvent> events = simulation.store.read();
    int missed = 0;
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof JournalEvent.TrialStarted started) {
        missed += started.missed();
        History history = Replay.of(simulation.spec(), known(events, i)).history();
        assertThat(suggester.suggest(history, 1).get(0).assignment())
            .as("assignment of trial %d, which missed %d events", started.trial(), started.missed())
            .isEqualTo(started.assignment());
      }
    }
    assertThat(missed > 0).isEqualTo(seconds > 0);
  }

  @Test
  void aVerdictDoesNotWaitForASuggestion() throws InterruptedException {
    simulation.trials = OptionalInt.of(3);
    simulation.parallel = OptionalInt.of(2);
    simulation.runs =
        task ->
            new Simulated(
                Duration.ofSeconds(300),
                new TaskResult.Scored(
                    Measurement.of("loss", 1),
                    List.of(
                        new Report(0, 1, Measurement.of("loss", 1)),
                        new Report(0, 2, Measurement.of("loss", 1))),
                    1));
    simulation.pruner =
        Optional.of(
            (history, running) ->
                running.number() == 0 ? Verdict.stop("of no use") : Verdict.keep());
    // The first is suggested at 200 s and reports at 300 s; the second comes at 400 s.
    SimulatedBackend backend =
        simulation.backend().live().suggestingWithin(Duration.ofSeconds(200));

    simulation.runner(backend).run();

    assertThat(simulation.replay().history().trial(0).state()).isEqualTo(TrialState.PRUNED);
    assertThat(backend.log()).contains("300 cancel 0");
  }

  @Test
  void oneTrialAtATimeKnowsEveryResult() throws InterruptedException {
    List<Integer> unknown = new ArrayList<>();
    simulation.suggester =
        (history, count) -> {
          unknown.add(history.running().size());
          return Suggesters.named("random").suggest(history, count);
        };

    simulation.runner(simulation.backend().suggestingWithin(Duration.ofMinutes(10))).run();

    assertThat(unknown).hasSize(8).containsOnly(0);
    assertThat(simulation.store.read())
        .filteredOn(JournalEvent.TrialStarted.class::isInstance)
        .extracting(event -> ((JournalEvent.TrialStarted) event).missed())
        .containsOnly(0);
  }

  @Test
  void aSlowSuggesterLeavesNoSlotIdle() throws InterruptedException {
    simulation.trials = OptionalInt.of(100);
    simulation.parallel = OptionalInt.of(4);
    simulation.slots = 4;
    simulation.runs = task -> taking(task, 60 + task.trial() % 7);
    SimulatedBackend backend = simulation.backend().suggestingWithin(Duration.ofSeconds(10));

    assertThat(simulation.runner(backend).run()).isEqualTo(StudyStatus.DONE);

    // 100 trials of 63 s in 4 slots; without a suggestion ahead each waits 10 s more.
    assertThat(utilisation(backend, 4)).isGreaterThan(0.95);
  }

  @Test
  void aQuickSuggesterIsNotAskedAhead() throws InterruptedException {
    simulation.trials = OptionalInt.of(30);
    simulation.parallel = OptionalInt.of(4);
    simulation.runs = task -> taking(task, 60 + task.trial() % 7);

    simulation.runner(simulation.backend().suggestingWithin(Duration.ofSeconds(1))).run();

    // Each knows of the results before; those of the second in which it was made aside.
    assertThat(simulation.store.read())
        .filteredOn(JournalEvent.TrialStarted.class::isInstance)
        .extracting(event -> ((JournalEvent.TrialStarted) event).missed())
        .allMatch(missed -> missed <= 2);
  }

  @Test
  void fiveHundredExecutorsAreKeptBusyByTpe() throws InterruptedException {
    simulation.suggester = Suggesters.named("tpe", Map.of());
    simulation.trials = OptionalInt.of(3_000);
    simulation.parallel = OptionalInt.of(500);
    simulation.slots = 500;
    simulation.runs = task -> taking(task, 6 + task.trial() % 5 / 4.0);
    SimulatedBackend backend = simulation.backend().suggestingWithin(Duration.ofMillis(3));

    simulation.runner(backend).run();

    assertThat(simulation.replay().history().completed()).hasSize(3_000);
    assertThat(utilisation(backend, 500)).isGreaterThan(0.95);
  }

  /** The share of the slots' time at work, until there were no more trials to start. */
  private double utilisation(SimulatedBackend backend, int slots) {
    return backend.workedUntilLastStart().toMillis()
        / ((double) slots * backend.lastStart().toMillis());
  }

  @Test
  void newSlotsAreUsedAtOnceAndLostOnesLeft() throws InterruptedException {
    simulation.trials = OptionalInt.of(12);
    simulation.parallel = OptionalInt.empty();
    simulation.slots = 1;
    simulation.runs = task -> taking(task, 60);
    SimulatedBackend backend =
        simulation
            .backend()
            .slotsFrom(Duration.ofSeconds(30), 4)
            .slotsFrom(Duration.ofSeconds(100), 2);

    simulation.runner(backend).run();

    assertThat(backend.log().stream().filter(line -> line.contains("submit")).limit(10))
        .containsExactly(
            "0 submit 0 ×1",
            "30 submit 1 ×1",
            "30 submit 2 ×1",
            "30 submit 3 ×1",
            "60 submit 4 ×1",
            "90 submit 5 ×1",
            "90 submit 6 ×1",
            "90 submit 7 ×1",
            "150 submit 8 ×1",
            "150 submit 9 ×1");
  }
}
