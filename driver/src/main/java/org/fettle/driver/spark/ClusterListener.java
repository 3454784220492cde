package org.fettle.driver.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.fettle.executor.run.TaskFunction;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.FailureCode;
import scala.Option;

/**
 * Hears from Spark where tasks are, what becomes of them, and which executors there are. Spark
 * calls it on one thread of its own.
 */
final class ClusterListener extends SparkListener {

  private final Runnable slotsChanged;
  private final ExecutorHealth health;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<String, SparkTask> tasks = new ConcurrentHashMap<>();
  private final Map<Integer, String> numberByStage = new HashMap<>();
  private final Map<Integer, List<Integer>> stagesByJob = new HashMap<>();

  /** Numbers of those that have more than one job. */
  private final Set<String> many = ConcurrentHashMap.newKeySet();

  private final Map<String, Map<Integer, Integer>> runsByExecutor = new HashMap<>();
  private final Map<String, Integer> lostWith = new HashMap<>();

  /** Executors to which Spark gives no tasks now. */
  private final Set<String> excluded = ConcurrentHashMap.newKeySet();

  ClusterListener(Runnable slotsChanged, ExecutorHealth.Remedy remedy) {
    this.slotsChanged = slotsChanged;
    this.health = new ExecutorHealth(remedy);
  }

  /** Expects the job of a task, and returns what its properties shall say. Any thread. */
  String expect(SparkTask task) {
    String number = Long.toString(numbers.incrementAndGet());
    tasks.put(number, task);
    return number;
  }

  /** Expects jobs of a run until it is forgotten. Any thread. */
  String expectMany(SparkTask run) {
    String number = expect(run);
    many.add(number);
    return number;
  }

  /** There are no more jobs of a run. Any thread. */
  void forget(String number) {
    many.remove(number);
    tasks.remove(number);
  }

  /** The task of that number, if its job has not ended. Any thread. */
  Optional<SparkTask> task(String number) {
    return Optional.ofNullable(tasks.get(number));
  }

  /** Those whose jobs have not ended. Any thread. */
  List<SparkTask> tasks() {
    return List.copyOf(tasks.values());
  }

  /** A run's result came from an executor. Any thread. */
  void heard(SparkTask task, int trial, TaskResult result) {
    task.place()
        .ifPresent(
            place -> {
              if (!(result instanceof TaskResult.Failed failed)) {
                health.wasWell(place.executor(), place.host());
              } else if (failed.code() == FailureCode.OUT_OF_MEMORY) {
                health.wasOutOfMemory(place.executor(), place.host(), trial);
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
    String number = properties == null ? null : properties.getProperty(TaskFunction.NUMBER);
    if (number != null && tasks.containsKey(number)) {
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
        tasks.remove(number);
      }
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    String number = numberByStage.get(start.stageId());
    SparkTask task = number == null ? null : tasks.get(number);
    if (task != null) {
      String executor = start.taskInfo().executorId();
      runsByExecutor
          .computeIfAbsent(executor, key -> new HashMap<>())
          .put(start.stageId(), task.trials().size());
      task.began(executor, start.taskInfo().host());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    TaskInfo info = end.taskInfo();
    int beside = left(info.executorId(), end.stageId());
    String number = numberByStage.get(end.stageId());
    SparkTask task = number == null ? null : tasks.get(number);
    if (end.reason() instanceof ExecutorLostFailure lost) {
      int own = task == null ? 1 : task.trials().size();
      int with = lostWith.computeIfAbsent(info.executorId(), key -> beside + own - 1);
      if (task != null) {
        lost(task, info, lost, with);
      }
    } else if (task != null && many.contains(number)) {
      // What a lost executor had is made again elsewhere.
      if (end.reason() instanceof ExceptionFailure failed) {
        task.end(failed(failed));
      }
    } else if (task != null
        && end.reason() instanceof TaskFailedReason failed
        && !(failed instanceof TaskKilled)) {
      task.end(
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

  /** Notes that a task is at its executor no more, and returns how many other runs are. */
  private int left(String executor, int stage) {
    Map<Integer, Integer> runs = runsByExecutor.get(executor);
    if (runs == null) {
      return 0;
    }
    runs.remove(stage);
    if (runs.isEmpty()) {
      runsByExecutor.remove(executor);
    }
    return runs.values().stream().mapToInt(Integer::intValue).sum();
  }

  private void lost(SparkTask task, TaskInfo info, ExecutorLostFailure lost, int with) {
    Option<String> reason = lost.reason();
    TaskResult.Failed failed =
        SparkFailures.lost(
            info.executorId(),
            reason.isDefined() ? reason.get() : "",
            lost.exitCausedByApp(),
            with);
    if (failed.code() != FailureCode.PREEMPTED) {
      health.wasLost(info.executorId(), info.host());
    }
    task.end(failed);
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
