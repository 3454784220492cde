package org.fettle.executor.run;

import java.util.List;
import java.util.Optional;
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

  private final Workplace workplace;

  /**
   * A runner for tasks of one size.
   *
   * @param threads native threads a task may use
   * @param place where it is, with the devices that a task may use
   * @param reporter hears what runs say on the way
   */
  public TrialRunner(int threads, RunPlace place, Reporter reporter) {
    this.workplace = new Workplace(threads, place, reporter);
  }

  /** Runs one on the calling thread, as {@link #run(List, Optional)} does. */
  public TaskResult run(TrialTask task, Optional<StudyData> data) {
    return run(List.of(task), data).get(0);
  }

  /**
   * Runs all of one study on the calling thread: those together that the engine trains as one
   * network, the others one after the other. Whatever is thrown becomes a {@link
   * TaskResult.Failed}; a thread that was interrupted is interrupted still.
   *
   * @param data empty for a user's objective
   * @return what came of each, in their order
   */
  public List<TaskResult> run(List<TrialTask> tasks, Optional<StudyData> data) {
    if (data.isPresent() && tasks.stream().allMatch(task -> task.work() instanceof Work.Train)) {
      return ScoredRuns.score(tasks, data.get(), workplace);
    }
    return tasks.stream().map(task -> alone(task, data)).toList();
  }

  private TaskResult alone(TrialTask task, Optional<StudyData> data) {
    try {
      return work(task, data);
    } catch (Throwable e) {
      return Failures.of(
          e,
          task.work() instanceof Work.Evaluate ? FailureCode.USER_ERROR : FailureCode.ENGINE_ERROR);
    }
  }

  private TaskResult work(TrialTask task, Optional<StudyData> data) throws Throwable {
    if (task.work() instanceof Work.Evaluate evaluate) {
      return evaluated(task, evaluate);
    }
    if (task.work() instanceof Work.Refit refit) {
      StudyData table = data.orElseThrow(TrialRunner::noData);
      return new RefitRun(task, table, workplace).refit(refit);
    }
    throw noData();
  }

  private TaskResult evaluated(TrialTask task, Work.Evaluate evaluate) throws Exception {
    TrialContext context = new TrialContext(task, evaluate.parameters(), workplace);
    Measurement measurement = Objectives.create(evaluate.type()).evaluate(context);
    if (measurement == null) {
      throw new IllegalStateException("Objective must return a measurement, but it was null");
    }
    return new TaskResult.Scored(
        measurement, context.reports(), context.seconds(), List.of(), workplace.place());
  }

  private static IllegalArgumentException noData() {
    return new IllegalArgumentException("A network's task must come with the study's data");
  }
}
