package org.fettle.driver.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.fettle.driver.store.Holder;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.JournalStore;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.store.StudyStatus;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.stop.DurationRule;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Measurement;
import org.fettle.search.suggest.Suggesters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {

  /** Two folds a trial; every fourth trial fails in its second. */
  private static Simulation simulation(int parallel) {
    Simulation simulation = new Simulation();
    simulation.suggester = Suggesters.named("grid", Map.of("points", 5));
    simulation.folds = 2;
    simulation.parallel = OptionalInt.of(parallel);
    simulation.runs =
        task ->
            task.trial() % 4 == 3 && Simulation.fold(task) == 1
                ? Simulation.failed(FailureCode.DIVERGED, "the loss became NaN")
                : Simulation.scored(task);
    return simulation;
  }

  private static Simulation uninterrupted(int parallel) throws InterruptedException {
    Simulation simulation = simulation(parallel);
    simulation.runner(simulation.backend()).run();
    return simulation;
  }

  @Test
  void aCrashAtAnyEventChangesNothingOneTrialAtATime() throws InterruptedException {
    Simulation whole = uninterrupted(1);
    List<JournalEvent> events = whole.store.read();

    for (int crash = 0; crash < events.size(); crash++) {
      Simulation resumed = simulation(1);
      resumed.store = new MemoryStore(events.subList(0, crash));
      StudyStatus status = resumed.runner(resumed.backend()).run();

      assertThat(status).isEqualTo(StudyStatus.DONE);
      assertThat(resumed.replay().history())
          .as("history after a crash behind event %d", crash)
          .isEqualTo(whole.replay().history());
      assertThat(resumed.replay().timings())
          .extracting(Timing::seconds)
          .isEqualTo(whole.replay().timings().stream().map(Timing::seconds).toList());
    }
  }

  /** The same through the files of a journal, and the driver that takes them over. */
  @Test
  void aCrashAtAnyEventChangesNothingInFiles(@TempDir Path temporary) throws InterruptedException {
    Simulation whole = uninterrupted(1);
    List<JournalEvent> events = whole.store.read();
    Holder holder = Holder.here("ada", "", 0, Instant.EPOCH);

    for (int crash = 0; crash < events.size(); crash++) {
      StudyFolder folder =
          StudyFolder.at(temporary.resolve("study" + crash).toString(), new Configuration());
      if (crash > 0) {
        folder.writeJournal(events.subList(0, crash));
      }
      Simulation resumed = simulation(1);
      try (JournalStore journal = folder.claimJournal(holder, said -> {})) {
        Replay before = Replay.of(resumed.spec(), journal.read());
        resumed.runner(resumed.backend(), before.history(), journal).run();
      }

      assertThat(Replay.of(resumed.spec(), folder.events()).history())
          .as("history after a crash behind event %d", crash)
          .isEqualTo(whole.replay().history());
    }
  }

  @Test
  void theTimeOfAllSessionsCounts() throws InterruptedException {
    Simulation first = simulation(1);
    first.stop = new DurationRule(Duration.ofMinutes(12));
    first.runner(first.backend()).run();
    List<JournalEvent> events = first.store.read();
    int trials = first.replay().history().size();
    assertThat(trials).isLessThan(8);

    // Cut off after a few minutes; the next session's clock begins anew.
    Simulation second = simulation(1);
    second.stop = first.stop;
    second.store = new MemoryStore(events.subList(0, events.size() / 2));
    Replay before = second.replay();
    assertThat(before.worked()).isGreaterThan(Duration.ofMinutes(2));
    second.worked = before.worked();
    second.store.append(
        List.of(
            new JournalEvent.StudyResumed(
                Instant.EPOCH, 2, Map.of(), Map.of(), Map.of(), before.worked())));
    second.runner(second.backend()).run();

    assertThat(second.replay().history()).isEqualTo(first.replay().history());
    assertThat(second.replay().worked()).isEqualTo(first.replay().worked());
    assertThat(second.replay().reason()).isEqualTo(first.replay().reason());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void aCrashAtAnyEventChangesNoTrialOfAGrid(int parallel) throws InterruptedException {
    Simulation whole = uninterrupted(parallel);
    List<JournalEvent> events = whole.store.read();

    for (int crash = 0; crash < events.size(); crash++) {
      Simulation resumed = simulation(parallel);
      resumed.store = new MemoryStore(events.subList(0, crash));
      resumed.runner(resumed.backend()).run();

      assertThat(resumed.replay().history().trials())
          .as("trials after a crash behind event %d", crash)
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("reports", "folds")
          .isEqualTo(whole.replay().history().trials());
    }
  }

  /** What a trial has learnt is the sum of its x and its parents'. */
  @Test
  void aCrashAtAnyEventChangesNothingOfAPopulation() throws InterruptedException {
    Map<Integer, Double> checkpoints = new HashMap<>();
    Simulation whole = population(checkpoints);
    whole.runner(whole.backend()).run();
    List<JournalEvent> events = whole.store.read();
    assertThat(whole.replay().history().size()).isEqualTo(20);
    assertThat(whole.replay().history().trials())
        .as("trials that go on from better ones")
        .anyMatch(
            trial ->
                trial.lineage().map(from -> from.parent() != from.predecessor()).orElse(false));

    for (int crash = 0; crash < events.size(); crash++) {
      Simulation resumed = population(checkpoints);
      resumed.store = new MemoryStore(events.subList(0, crash));

      assertThat(resumed.runner(resumed.backend()).run()).isEqualTo(StudyStatus.DONE);
      assertThat(resumed.replay().history())
          .as("history after a crash behind event %d", crash)
          .isEqualTo(whole.replay().history());
    }
  }

  private static Simulation population(Map<Integer, Double> checkpoints) {
    Simulation simulation = new Simulation();
    simulation.suggester = Suggesters.named("pbt", Map.of("population", 4, "generations", 5));
    simulation.parallel = OptionalInt.of(1);
    simulation.trials = OptionalInt.of(1000);
    simulation.runs =
        task -> {
          double learnt =
              task.checkpointing().orElseThrow().parent().stream()
                  .mapToDouble(
                      parent ->
                          checkpoints.get(
                              Integer.valueOf(parent.substring(0, parent.indexOf('/')))))
                  .sum();
          double sum = learnt + Simulation.x(task);
          checkpoints.put(task.trial(), sum);
          return new SimulatedBackend.Simulated(
              Duration.ofMinutes(1),
              new TaskResult.Scored(Measurement.of("loss", sum), List.of(), 60));
        };
    return simulation;
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void aStopAtAnyEventLeavesAJournalThatReplaysToTheSameHistory(int parallel)
      throws InterruptedException {
    int ends = (int) uninterrupted(parallel).events().stream().filter(ResumeTest::isFold).count();
    for (int stop = 0; stop <= ends; stop++) {
      Simulation simulation = simulation(parallel);
      SimulatedBackend backend = simulation.backend();
      StudyRunner runner = simulation.runner(backend);
      int[] left = {stop};
      backend.beforeEach(
          () -> {
            if (left[0]-- == 0) {
              runner.stop();
            }
          });

      StudyStatus status = runner.run();

      assertThat(simulation.replay().status()).isEqualTo(status);
      assertThat(simulation.replay().history())
          .as("history stopped at end %d", stop)
          .isEqualTo(runner.history());
    }
  }

  private static boolean isFold(String event) {
    return event.startsWith("fold");
  }

  @Test
  void aStoppedStudyGoesOnToTheSameEnd() throws InterruptedException {
    Simulation whole = uninterrupted(1);
    Simulation stopped = simulation(1);
    for (int i = 0; i < 50 && stopped.replay().status() != StudyStatus.DONE; i++) {
      SimulatedBackend backend = stopped.backend();
      StudyRunner runner = stopped.runner(backend);
      int[] left = {1};
      backend.beforeEach(
          () -> {
            if (left[0]-- == 0) {
              runner.stop();
            }
          });
      runner.run();
    }

    assertThat(stopped.replay().history()).isEqualTo(whole.replay().history());
  }

  @Test
  void runsTheMissingFoldsOnlyAndOnce() throws InterruptedException {
    Simulation whole = uninterrupted(1);
    Simulation resumed = simulation(1);
    int firstFold = whole.events().indexOf("fold 1/0");
    resumed.store = new MemoryStore(whole.store.read().subList(0, firstFold + 1));
    SimulatedBackend backend = resumed.backend();

    resumed.runner(backend).run();

    assertThat(backend.log()).first().asString().endsWith("submit 1 ×1");
    assertThat(resumed.events()).containsOnlyOnce("started 1", "fold 1/0", "fold 1/1");
  }

  @Test
  void takesNoTrialMoreThanAreLeft() throws InterruptedException {
    Simulation whole = uninterrupted(2);
    Simulation resumed = simulation(2);
    resumed.trials = OptionalInt.of(5);
    resumed.store = new MemoryStore(whole.store.read());

    assertThat(resumed.runner(resumed.backend()).run()).isEqualTo(StudyStatus.DONE);

    assertThat(resumed.replay().history().size()).isEqualTo(8);
  }
}
