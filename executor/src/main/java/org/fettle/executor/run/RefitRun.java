package org.fettle.executor.run;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.fettle.executor.checkpoint.RunCheckpoints;
import org.fettle.executor.checkpoint.RunProgress;
import org.fettle.executor.checkpoint.StateCodec;
import org.fettle.executor.data.PreparedFold;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.engine.Continuation;
import org.fettle.optimizers.engine.EpochReport;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.search.study.Measurement;

/** Trains the final model of a study, on all rows but the test rows. */
final class RefitRun {

  private final TrialTask task;
  private final StudyData data;
  private final Workplace workplace;
  private final RunCheckpoints checkpoints;

  RefitRun(TrialTask task, StudyData data, Workplace workplace) {
    this.task = task;
    this.data = data;
    this.workplace = workplace;
    this.checkpoints = workplace.checkpoints(task);
  }

  TaskResult refit(Work.Refit work) throws IOException {
    long begin = System.nanoTime();
    PreparedFold prepared = PreparedFold.ofRefit(data);
    TrainingPlan plan = plan(work.network(), prepared);
    PreparedFold fold = plan.suited(prepared);
    long start = System.nanoTime();
    // The test rows are no validation rows: training must not look at them.
    TrainingRun run = WatchedRun.ofAll(plan, fold, task.seed());
    Optional<TrainingState> reached = StateCodec.state(checkpoints.restored(Integer.MAX_VALUE));
    for (Work.Stage stage : work.before()) {
      if (reached.isPresent() && reached.get().epoch() >= stage.until()) {
        continue;
      }
      TrainingPlan other = plan(stage.network(), prepared);
      AtomicReference<TrainingState> end = new AtomicReference<>();
      RunResult result =
          train(
              other,
              from(WatchedRun.ofAll(other, fold, task.seed()), reached),
              endingAfter(stage.until(), report -> end.set(report.state().get())));
      if (!(result instanceof RunResult.Trained trained)) {
        return Failures.of(result);
      }
      trained.model().close();
      reached = Optional.of(requireNonNull(end.get()));
    }
    RunResult result = train(plan, from(run, reached), endingAfter(work.epochs(), report -> {}));
    double trainingSeconds = (System.nanoTime() - start) * 1e-9;
    if (result instanceof RunResult.Trained trained) {
      try (TrainedModel model = trained.model()) {
        Optional<Judge> judge =
            fold.validation().map(test -> Judge.of(fold, data.table().task(), model));
        return new TaskResult.Refitted(
            files(model, fold.preprocessing()),
            ModelSchema.of(work.network().engine(), plan, fold.preprocessing(), data.table()),
            (System.nanoTime() - begin) * 1e-9,
            judge
                .map(each -> each.measure(work.metrics(), plan.network(), trainingSeconds))
                .orElse(Measurement.none()),
            judge.map(Judge::confusion).orElse(List.of()));
      }
    }
    return Failures.of(result);
  }

  private TrainingPlan plan(Work.Network network, PreparedFold fold) {
    return TrainingPlan.of(network, fold.preprocessing().shape(), data.table().task());
  }

  private static TrainingRun from(TrainingRun run, Optional<TrainingState> state) {
    return state.map(run::from).orElse(run);
  }

  /** Leaves checkpoints on the way, and ends with an epoch. */
  private RunListener endingAfter(int epochs, Consumer<EpochReport> end) {
    return (run, report) -> {
      if (report.epoch() >= epochs) {
        end.accept(report);
        return Continuation.FINISH;
      }
      if (checkpoints.due(report.epoch())) {
        byte[] state = StateCodec.encoded(report.state().get());
        checkpoints.save(report.epoch(), new RunProgress(state, List.of(), 0));
      }
      return Continuation.GO_ON;
    };
  }

  private RunResult train(TrainingPlan plan, TrainingRun run, RunListener listener) {
    return workplace.train(plan, List.of(run), listener).get(0);
  }

  static Map<String, byte[]> files(TrainedModel model, Preprocessing preprocessing)
      throws IOException {
    try (TemporaryFolder folder = new TemporaryFolder()) {
      model.save(folder.path(), preprocessing.scaling());
      return folder.files();
    }
  }
}
