package org.fettle.executor.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fettle.executor.NearestEngine;
import org.fettle.executor.NearestEngine.Fault;
import org.fettle.executor.Samples;
import org.fettle.executor.data.ExecutorCache;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.task.Checkpointing;
import org.fettle.executor.task.RunPlace;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of one task, those together that the engine trains as one network. */
class ScoredRunsTest {

  @AfterEach
  void nothingIsLeftOpen() {
    NearestEngine.RUNS.clear();
    NearestEngine.JOBS.clear();
    ExecutorCache.get().clear();
    Thread.interrupted();
    assertThat(NearestEngine.OPEN_MODELS).hasValue(0);
  }

  private static TrialTask task(Fault fault, int trial, int fold, int epochs) {
    return task(fault, trial, fold, epochs, Optional.empty());
  }

  private static TrialTask task(
      Fault fault, int trial, int fold, int epochs, Optional<Checkpointing> checkpointing) {
    Work.Network network =
        new Work.Network(
            "nearest",
            Map.of("fault", fault.name().toLowerCase(Locale.ROOT).replace('_', '-'), "fuses", true),
            "mlp",
            Map.of("hidden", List.of(4)),
            Map.of("epochs", epochs));
    Work work =
        new Work.Train(network, fold, List.of(), List.of("accuracy"), Work.Pace.EVERY_EPOCH);
    return new TrialTask("scored-runs", trial, 10 + trial, work, checkpointing);
  }

  private static List<TrialTask> folds(Fault fault, int trial) {
    return IntStream.range(0, 3).mapToObj(fold -> task(fault, trial, fold, 4)).toList();
  }

  private static List<TaskResult> run(List<TrialTask> tasks, Reporter reporter) {
    return new TrialRunner(1, new RunPlace("here", "1", List.of()), reporter)
        .run(tasks, Optional.of(Samples.classes()));
  }

  private static List<FailureCode> codes(List<TaskResult> results) {
    return results.stream()
        .filter(TaskResult.Failed.class::isInstance)
        .map(result -> ((TaskResult.Failed) result).code())
        .toList();
  }

  @Test
  void equalRunsMakeOneJobAndEachIsScoredAsIfAlone() {
    List<TrialTask> tasks = new ArrayList<>(folds(Fault.NONE, 1));
    tasks.add(task(Fault.NONE, 2, 0, 9));
    tasks.addAll(folds(Fault.NONE, 3));

    List<TaskResult> results = run(tasks, Reporter.SILENT);

    assertThat(NearestEngine.JOBS).containsExactly(6, 1);
    for (int i = 0; i < tasks.size(); i++) {
      TaskResult.Scored together = (TaskResult.Scored) results.get(i);
      TaskResult.Scored alone =
          (TaskResult.Scored) run(List.of(tasks.get(i)), Reporter.SILENT).get(0);
      assertThat(together.measurement()).isEqualTo(alone.measurement());
      assertThat(together.reports()).isEqualTo(alone.reports());
      assertThat(together.confusion()).isEqualTo(alone.confusion());
      assertThat(together.place().together()).isEqualTo(i == 3 ? 1 : 6);
      assertThat(alone.place().together()).isEqualTo(1);
    }
  }

  @Test
  void runsThatFindNoMemoryTogetherAreTrainedInSmallerCompany() {
    List<TrialTask> tasks = new ArrayList<>(folds(Fault.MEMORY_OF_MANY, 1));
    tasks.addAll(folds(Fault.MEMORY_OF_MANY, 2));

    List<TaskResult> results = run(tasks, Reporter.SILENT);

    assertThat(NearestEngine.JOBS).containsExactly(6, 3, 2, 1, 3, 2, 1);
    assertThat(codes(results)).isEmpty();
    assertThat(results)
        .extracting(result -> ((TaskResult.Scored) result).place().together())
        .containsExactly(2, 2, 1, 2, 2, 1);
  }

  @Test
  void aRunThatBreaksTheOthersFailsAlone() {
    List<TrialTask> tasks = new ArrayList<>(folds(Fault.SEED_13, 1));
    tasks.add(task(Fault.SEED_13, 3, 1, 4));

    List<TaskResult> results = run(tasks, Reporter.SILENT);

    assertThat(results.subList(0, 3)).allMatch(TaskResult.Scored.class::isInstance);
    assertThat(results.get(3))
        .isInstanceOfSatisfying(
            TaskResult.Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(FailureCode.ENGINE_ERROR);
              assertThat(failed.message()).isEqualTo("IllegalStateException: Cannot train seed 13");
            });
  }

  @Test
  void aRunThatCannotBeMadeFailsAlone() {
    TrialTask wrong =
        new TrialTask(
            "scored-runs",
            8,
            1,
            new Work.Train(
                new Work.Network("nearest", Map.of("fuses", true), "mlp", Map.of(), Map.of("x", 1)),
                0,
                List.of(),
                List.of()));

    List<TaskResult> results = run(List.of(wrong, task(Fault.NONE, 1, 0, 4)), Reporter.SILENT);

    assertThat(codes(results)).containsExactly(FailureCode.ENGINE_ERROR);
    assertThat(results.get(1)).isInstanceOf(TaskResult.Scored.class);
  }

  @Test
  void aCancelledTrialIsMaskedOutAndTheOthersGoOn() {
    List<TrialTask> tasks = new ArrayList<>(folds(Fault.NONE, 1));
    tasks.addAll(folds(Fault.NONE, 2));
    List<String> heard = new ArrayList<>();
    Reporter reporter =
        new Reporter() {
          @Override
          public void report(int trial, Report report) {
            heard.add(trial + "/" + report.fold() + "/" + report.step());
          }

          @Override
          public boolean isCancelled(int trial) {
            return trial == 1 && heard.size() >= 2;
          }
        };

    List<TaskResult> results = run(tasks, reporter);

    assertThat(codes(results))
        .containsExactly(FailureCode.CANCELLED, FailureCode.CANCELLED, FailureCode.CANCELLED);
    assertThat(results.subList(3, 6)).allMatch(TaskResult.Scored.class::isInstance);
    assertThat(heard).filteredOn(each -> each.startsWith("1/")).containsExactly("1/0/1", "1/0/2");
    assertThat(heard).filteredOn(each -> each.startsWith("2/")).hasSize(12);
  }

  @Test
  void anInterruptEndsThemAll() {
    Thread.currentThread().interrupt();

    assertThat(codes(run(folds(Fault.NONE, 1), Reporter.SILENT)))
        .containsExactly(FailureCode.CANCELLED, FailureCode.CANCELLED, FailureCode.CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void runsLeaveCheckpointsOfTheirOwnAndGoOnWithThoseOfTheSameEpoch(@TempDir Path folder) {
    List<TrialTask> tasks =
        IntStream.range(0, 3)
            .mapToObj(
                fold -> {
                  String own = folder.resolve("1/" + fold).toUri().toString();
                  Checkpointing every = new Checkpointing(own, 2, 0, 1, Optional.empty());
                  return task(Fault.NONE, 1, fold, 5, Optional.of(every));
                })
            .toList();
    List<TaskResult> whole = run(tasks, Reporter.SILENT);
    assertThat(folder.resolve("1/2").toFile().list((at, name) -> name.endsWith(".checkpoint")))
        .containsExactly("000000004.checkpoint");
    NearestEngine.JOBS.clear();

    List<String> heard = new ArrayList<>();
    TrialTask other = task(Fault.NONE, 2, 0, 5);
    List<TaskResult> rest =
        run(
            List.of(tasks.get(0), other, tasks.get(2)),
            (trial, report) -> heard.add(trial + "/" + report.fold() + "/" + report.step()));

    assertThat(NearestEngine.JOBS).containsExactly(2, 1);
    assertThat(heard).startsWith("1/0/5", "1/2/5").hasSize(7);
    assertThat(((TaskResult.Scored) rest.get(2)).reports())
        .isEqualTo(((TaskResult.Scored) whole.get(2)).reports());
  }
}
