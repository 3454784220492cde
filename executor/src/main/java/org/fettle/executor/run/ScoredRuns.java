package org.fettle.executor.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.fettle.executor.data.ExecutorCache;
import org.fettle.executor.data.PreparedFold;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.search.study.FailureCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores the runs of a task, those together that the engine trains as one network. Runs that break
 * together, for memory or for any other reason, are trained again as two halves, down to the run
 * that breaks alone: no run fails for another's sake. For one thread.
 */
final class ScoredRuns {

  private static final Logger LOG = LoggerFactory.getLogger(ScoredRuns.class);

  private final StudyData data;
  private final Workplace workplace;
  private final Map<Integer, TaskResult> results = new TreeMap<>();

  private ScoredRuns(StudyData data, Workplace workplace) {
    this.data = data;
    this.workplace = workplace;
  }

  /**
   * A run that can be begun.
   *
   * @param index in the task
   */
  record Planned(int index, TrialTask task, Work.Train work, PreparedFold fold, TrainingPlan plan) {

    /** What it must have in common with those that it is trained with; empty for none. */
    Object fusion() {
      Optional<String> name = plan.engine().fusion(plan.network(), plan.training());
      return name.<Object>map(each -> plan.engine().name() + " " + each).orElse(index);
    }
  }

  /** What came of each, in their order. */
  static List<TaskResult> score(List<TrialTask> tasks, StudyData data, Workplace workplace) {
    ScoredRuns runs = new ScoredRuns(data, workplace);
    runs.score(tasks);
    return List.copyOf(runs.results.values());
  }

  private void score(List<TrialTask> tasks) {
    boolean first = ExecutorCache.get().follow(data, tasks.get(0).study());
    Map<Object, List<Planned>> groups = new LinkedHashMap<>();
    for (int index = 0; index < tasks.size(); index++) {
      try {
        Planned run = planned(index, tasks.get(index));
        groups.computeIfAbsent(run.fusion(), key -> new ArrayList<>()).add(run);
      } catch (Throwable e) {
        results.put(index, Failures.of(e, FailureCode.ENGINE_ERROR));
      }
    }
    if (first && !workplace.place().devices().isEmpty()) {
      groups.values().stream()
          .limit(1)
          .forEach(group -> warnOfIdleDevices(group.get(0), workplace.place().devices().size()));
    }
    groups.values().forEach(this::together);
  }

  private Planned planned(int index, TrialTask task) {
    Work.Train work = (Work.Train) task.work();
    int number = work.fold();
    PreparedFold fold =
        ExecutorCache.get().fold(task.study(), number, () -> PreparedFold.of(data, number));
    TrainingPlan plan =
        TrainingPlan.of(work.network(), fold.preprocessing().shape(), data.table().task());
    return new Planned(index, task, work, plan.suited(fold), plan);
  }

  private static void warnOfIdleDevices(Planned run, int devices) {
    if (!run.plan().engine().usesDevices()) {
      LOG.warn(
          "Engine {} trains on the CPU here; the GPUs that Spark assigns to runs stay unused",
          run.plan().engine().name());
      return;
    }
    int replicas = run.plan().training().replicas().count();
    if (devices > replicas) {
      LOG.warn(
          "Spark assigns {} GPUs to each run, which has {}: set training.replicas to as many, or the"
              + " others stay unused",
          devices,
          replicas == 1 ? "1 replica" : replicas + " replicas");
    }
  }

  private void together(List<Planned> runs) {
    List<Planned> wanted = new ArrayList<>();
    for (Planned run : runs) {
      if (workplace.reporter().isCancelled(run.task().trial())) {
        results.put(run.index(), Failures.cancelled("Cancelled before it began"));
      } else {
        wanted.add(run);
      }
    }
    try {
      train(wanted);
    } catch (Throwable e) {
      TaskResult.Failed failed = Failures.of(e, FailureCode.ENGINE_ERROR);
      if (wanted.size() == 1 || failed.code() == FailureCode.CANCELLED) {
        wanted.forEach(run -> results.put(run.index(), failed));
        return;
      }
      LOG.warn("Cannot train {} runs together, so half of them: {}", wanted.size(), e.toString());
      int half = (wanted.size() + 1) / 2;
      together(wanted.subList(0, half));
      together(wanted.subList(half, wanted.size()));
    }
  }

  /** Those that go on from one epoch, and those from another, make a network each. */
  private void train(List<Planned> runs) throws IOException {
    Map<Integer, List<ScoredRun>> byStart = new LinkedHashMap<>();
    for (Planned each : runs) {
      ScoredRun run = new ScoredRun(each, data, workplace);
      byStart.computeIfAbsent(run.start(), key -> new ArrayList<>()).add(run);
    }
    byStart.values().forEach(this::trainAsOne);
  }

  private void trainAsOne(List<ScoredRun> runs) {
    long start = System.nanoTime();
    // Of the time in which they are trained together, each has an equal part.
    DoubleSupplier each =
        () ->
            ((System.nanoTime() - start) * 1e-9
                    - runs.stream().mapToDouble(ScoredRun::measuring).sum())
                / runs.size();
    RunListener listener = (run, report) -> runs.get(run).epochEnded(report, each);
    TrainingPlan plan = runs.get(0).plan();
    List<RunResult> ended =
        workplace.train(plan, runs.stream().map(ScoredRun::run).toList(), listener);
    double training = each.getAsDouble();
    for (int run = 0; run < runs.size(); run++) {
      results.put(
          runs.get(run).index(), runs.get(run).scored(ended.get(run), training, runs.size()));
    }
  }
}
