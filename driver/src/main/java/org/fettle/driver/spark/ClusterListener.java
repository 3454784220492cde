package org.fettle.driver.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorExcluded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerExecutorUnexcluded;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.fettle.executor.run.SpreadRun;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.FailureCode;
import scala.Option;

/**
 * Hears from Spark where runs are, what becomes of their tasks, and which executors there are.
 * Spark calls it on one thread of its own.
 */
final class ClusterListener extends SparkListener {

  /** Which run a job is, among the job's properties. */
  static final String RUN = "fettle.run";

  private final Runnable slotsChanged;
  private final ExecutorHealth health;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<String, SparkRun> runs = new ConcurrentHashMap<>();
  private final Map<Integer, String> numberByStage = new HashMap<>();
  private final Map<Integer, List<Integer>> stagesByJob = new HashMap<>();

  /** Numbers of runs that have more than one job. */
  private final Set<String> many = ConcurrentHashMap.newKeySet();

  private final Map<String, Set<Integer>> stagesByExecutor = new HashMap<>();
  private final Map<String, Integer> lostWith = new HashMap<>();

  /** Executors to which Spark gives no tasks now. */
  private final Set<String> excluded = ConcurrentHashMap.newKeySet();

  ClusterListener(Runnable slotsChanged, ExecutorHealth.Remedy remedy) {
    this.slotsChanged = slotsChanged;
    this.health = new ExecutorHealth(remedy);
  }

  /** Expects a job of a run, and returns what its properties shall say. Any thread. */
  String expect(SparkRun run) {
    String number = Long.toString(numbers.incrementAndGet());
    runs.put(number, run);
    return number;
  }

  /** Expects jobs of a run until it is forgotten. Any thread. */
  String expectMany(SparkRun run) {
    String number = expect(run);
    many.add(number);
    return number;
  }

  /** There are no more jobs of a run. Any thread. */
  void forget(String number) {
    many.remove(number);
    runs.remove(number);
  }

  /** A run's result came from an executor. Any thread. */
  void heard(SparkRun run, TaskResult result) {
    run.place()
        .ifPresent(
            place -> {
              if (!(result instanceof TaskResult.Failed failed)) {
                health.wasWell(place.executor(), place.host());
              } else if (failed.code() == FailureCode.OUT_OF_MEMORY) {
                health.wasOutOfMemory(place.executor(), place.host(), run.trial());
              }
            });
  }

  /** How many executors get no tasks. Any thread. */
  int excluded() {
    return excluded.size();
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    Properties properties = start.properties();
    String number = properties == null ? null : properties.getProperty(RUN);
    if (number != null && runs.containsKey(number)) {
      List<Integer> stages = new ArrayList<>();
      for (int i = 0; i < start.stageInfos().size(); i++) {
        stages.add(start.stageInfos().apply(i).stageId());
      }
      stages.forEach(stage -> numberByStage.put(stage, number));
      stagesByJob.put(start.jobId(), stages);
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd end) {
    List<Integer> stages = stagesByJob.getOrDefault(end.jobId(), List.of());
    stagesByJob.remove(end.jobId());
    for (int stage : stages) {
      String number = numberByStage.remove(stage);
      if (number != null && !many.contains(number)) {
        runs.remove(number);
      }
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    String number = numberByStage.get(start.stageId());
    SparkRun run = number == null ? null : runs.get(number);
    if (run != null) {
      String executor = start.taskInfo().executorId();
      stagesByExecutor.computeIfAbsent(executor, key -> new HashSet<>()).add(start.stageId());
      run.began(executor, start.taskInfo().host());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    TaskInfo task = end.taskInfo();
    int others = left(task.executorId(), end.stageId());
    String number = numberByStage.get(end.stageId());
    SparkRun run = number == null ? null : runs.get(number);
    if (end.reason() instanceof ExecutorLostFailure lost) {
      int with = lostWith.computeIfAbsent(task.executorId(), key -> others);
      if (run != null) {
        lost(run, task, lost, with);
      }
    } else if (run != null && many.contains(number)) {
      // What a lost executor had is made again elsewhere.
      if (end.reason() instanceof ExceptionFailure failed) {
        run.end(failed(failed));
      }
    } else if (run != null
        && end.reason() instanceof TaskFailedReason failed
        && !(failed instanceof TaskKilled)) {
      run.end(
          new TaskResult.Failed(
              FailureCode.DRIVER_ERROR, SparkFailures.line(failed.toErrorString()), ""));
    }
  }

  private static TaskResult failed(ExceptionFailure failure) {
    Option<Throwable> thrown = failure.exception();
    return thrown.isDefined()
        ? SpreadRun.failed(thrown.get())
        : new TaskResult.Failed(
            FailureCode.ENGINE_ERROR, SparkFailures.line(failure.toErrorString()), "");
  }

  /** Notes that a task is at its executor no more, and returns how many others are. */
  private int left(String executor, int stage) {
    Set<Integer> stages = stagesByExecutor.get(executor);
    if (stages == null) {
      return 0;
    }
    stages.remove(stage);
    if (stages.isEmpty()) {
      stagesByExecutor.remove(executor);
    }
    return stages.size();
  }

  private void lost(SparkRun run, TaskInfo task, ExecutorLostFailure lost, int with) {
    Option<String> reason = lost.reason();
    TaskResult.Failed failed =
        SparkFailures.lost(
            task.executorId(),
            reason.isDefined() ? reason.get() : "",
            lost.exitCausedByApp(),
            with);
    if (failed.code() != FailureCode.PREEMPTED) {
      health.wasLost(task.executorId(), task.host());
    }
    run.end(failed);
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded added) {
    health.added(added.executorId(), added.executorInfo().executorHost());
    slotsChanged.run();
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    health.removed(removed.executorId());
    excluded.remove(removed.executorId());
    slotsChanged.run();
  }

  @Override
  public void onExecutorExcluded(SparkListenerExecutorExcluded event) {
    excluded.add(event.executorId());
    slotsChanged.run();
  }

  @Override
  public void onExecutorUnexcluded(SparkListenerExecutorUnexcluded event) {
    excluded.remove(event.executorId());
    slotsChanged.run();
  }
}
