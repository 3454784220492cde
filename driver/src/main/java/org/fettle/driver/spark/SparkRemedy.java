package org.fettle.driver.spark;

import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.ExecutorFailuresInTaskSet;
import org.apache.spark.scheduler.HealthTracker;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import scala.Option;
import scala.collection.mutable.HashMap;

/**
 * Has Spark replace executors, and exclude hosts by its own {@code spark.excludeOnFailure}, whose
 * pages then show it and whose time-out holds.
 */
final class SparkRemedy implements ExecutorHealth.Remedy {

  /** No stage has it: what Spark is told of is not of one. */
  private static final int NO_STAGE = -1;

  private final SparkContext spark;
  private final Consumer<String> say;

  /**
   * Remedies for the executors of an application.
   *
   * @param say what was done, for people
   */
  SparkRemedy(SparkContext spark, Consumer<String> say) {
    this.spark = spark;
    this.say = say;
  }

  @Override
  public void replace(String executor, String host, int trials) {
    if (!spark.isLocal() && spark.killAndReplaceExecutor(executor)) {
      say.accept(
          "Executor %s on %s is replaced: %d trials in a row ran out of memory on it"
              .formatted(executor, host, trials));
    }
  }

  @Override
  public void exclude(String host, List<String> executors) {
    Option<HealthTracker> tracker =
        spark.taskScheduler() instanceof TaskSchedulerImpl scheduler
            ? scheduler.healthTrackerOpt()
            : Option.empty();
    String what = "%d executors in a row died on host %s".formatted(executors.size(), host);
    if (tracker.isEmpty()) {
      say.accept(what + "; it would be excluded, but spark.excludeOnFailure.enabled is false");
      return;
    }
    synchronized (spark.taskScheduler()) {
      exclude(tracker.get(), host, executors);
    }
    say.accept(what + ": it gets no more trials until spark.excludeOnFailure.timeout has passed");
  }

  /** Spark excludes an executor by failures of two tasks, and a host by two such executors. */
  private void exclude(HealthTracker tracker, String host, List<String> executors) {
    int tasks = setting("spark.excludeOnFailure.application.maxFailedTasksPerExecutor");
    HashMap<String, ExecutorFailuresInTaskSet> failures = new HashMap<>();
    for (String executor : executors) {
      ExecutorFailuresInTaskSet failed = new ExecutorFailuresInTaskSet(host);
      for (int task = 0; task < tasks; task++) {
        failed.updateWithFailure(task, System.currentTimeMillis());
      }
      failures.put(executor, failed);
    }
    tracker.updateExcludedForSuccessfulTaskSet(NO_STAGE, 0, failures);
  }

  private int setting(String name) {
    return spark.getConf().getInt(name, 2);
  }
}
