package org.fettle.executor.run;

import java.util.List;
import java.util.Optional;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.fettle.executor.checkpoint.RunCheckpoints;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.task.RunPlace;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Measurement;

/**
 * Runs a task and says what came of it. Nothing that a trial does reaches Spark as an exception:
 * Spark would run it again, and then give up the whole job.
 */
public final class TrialRunner {

  private final int threads;
  private final RunPlace place;
  private final Reporter reporter;

  /**
   * A runner for tasks of one size.
   *
   * @param threads native threads a task may use
   * @param place where it is, with the devices that a task may use
   * @param reporter hears what runs say on the way
   */
  public TrialRunner(int threads, RunPlace place, Reporter reporter) {
    this.threads = threads;
    this.place = place;
    this.reporter = reporter;
  }

  /**
   * Runs a task on the calling thread. Whatever is thrown becomes a {@link TaskResult.Failed}; a
   * thread that was interrupted is interrupted still.
   *
   * @param data empty for a user's objective
   */
  public TaskResult run(TrialTask task, Optional<StudyData> data) {
    try {
      return work(task, data);
    } catch (Throwable e) {
      return Failures.of(
          e,
          task.work() instanceof Work.Evaluate ? FailureCode.USER_ERROR : FailureCode.ENGINE_ERROR);
    }
  }

  private TaskResult work(TrialTask task, Optional<StudyData> data) throws Throwable {
    long start = System.nanoTime();
    if (task.work() instanceof Work.Evaluate evaluate) {
      TrialContext context =
          new TrialContext(task, evaluate.parameters(), place, reporter, checkpoints(task));
      Measurement measurement = Objectives.create(evaluate.type()).evaluate(context);
      if (measurement == null) {
        throw new IllegalStateException("Objective must return a measurement, but it was null");
      }
      return new TaskResult.Scored(
          measurement, context.reports(), context.seconds(), List.of(), place);
    }
    NetworkRun run =
        new NetworkRun(
            task,
            data.orElseThrow(TrialRunner::noData),
            threads,
            place,
            reporter,
            checkpoints(task));
    if (task.work() instanceof Work.Train train) {
      return run.score(train, () -> seconds(start));
    }
    if (task.work() instanceof Work.Refit refit) {
      return run.refit(refit, () -> seconds(start));
    }
    throw new AssertionError(task.work());
  }

  private static RunCheckpoints checkpoints(TrialTask task) {
    return new RunCheckpoints(task.checkpointing(), () -> SparkHadoopUtil.get().conf());
  }

  private static IllegalArgumentException noData() {
    return new IllegalArgumentException("A network's task must come with the study's data");
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }
}
