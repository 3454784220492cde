package org.fettle.driver.spark;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.fettle.executor.run.SpreadRun;
import org.fettle.executor.run.TaskFunction;
import org.fettle.executor.task.RunPlace;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.search.study.FailureCode;

/**
 * Runs of several tasks each. A run has a thread here, whose Spark jobs are in the trial's group
 * and have the run's tag; it is let in when there are slots for all of its workers. Safe for
 * several threads.
 */
final class SpreadRuns implements AutoCloseable {

  /** How long to wait for threads that were interrupted: Deeplearning4j may mind it late. */
  private static final int PATIENCE_SECONDS = 10;

  /** How long to wait for executors that are to come, or to come back. */
  private static final Duration SLOTS_PATIENCE = Duration.ofMinutes(2);

  private static final Duration POLL = Duration.ofMillis(200);

  private static final TaskResult.Failed CANCELLED =
      new TaskResult.Failed(FailureCode.CANCELLED, "cancelled", "");

  private final JavaSparkContext spark;
  private final ClusterListener cluster;
  private final SpreadTrials trials;
  private final Slots slots;
  private final Admission admission;
  private final Map<SparkTask, Thread> threads = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "fettle-run-" + numbers.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });

  /** Runs of one study. */
  SpreadRuns(JavaSparkContext spark, ClusterListener cluster, Slots slots, SpreadTrials trials) {
    this.spark = spark;
    this.cluster = cluster;
    this.trials = trials;
    this.slots = slots;
    this.admission = new Admission(slots::count);
  }

  /** How many runs there is room for: one at least, where there is any slot. */
  int slots(int slots) {
    return slots == 0 ? 0 : Math.max(1, slots / trials.workers());
  }

  /** There may be room for more. */
  void slotsChanged() {
    admission.admit();
  }

  void submit(SparkTask run, TrialTask task, String pool, String group, String description) {
    String number = cluster.expectMany(run);
    Jobs jobs = new Jobs(number, pool, group, description, "fettle-run-" + number);
    run.whenOver(() -> stop(run, jobs));
    admission.enter(run, trials.workers(), () -> executor.execute(() -> work(run, task, jobs)));
  }

  /**
   * What Spark is told of a run's jobs.
   *
   * @param tag of this run alone
   */
  private record Jobs(String number, String pool, String group, String description, String tag) {}

  private void work(SparkTask run, TrialTask task, Jobs jobs) {
    threads.put(run, Thread.currentThread());
    TaskResult result = CANCELLED;
    try {
      if (!run.isOver()) {
        spark.setLocalProperty("spark.scheduler.pool", jobs.pool());
        spark.setJobGroup(jobs.group(), jobs.description(), true);
        spark.addJobTag(jobs.tag());
        spark.setLocalProperty(TaskFunction.NUMBER, jobs.number());
        requireSlots();
        result =
            new SpreadRun(task, trials.data(), trials.rows(), RunPlace.UNKNOWN, run::reported)
                .run();
      }
    } catch (Throwable e) {
      result = failed(e);
    } finally {
      threads.remove(run);
      // Whatever woke this thread, its jobs are over too.
      spark.cancelJobsWithTag(jobs.tag());
      spark.clearJobTags();
      spark.clearJobGroup();
      spark.setLocalProperty(TaskFunction.NUMBER, null);
      Thread.interrupted();
      admission.leave(trials.workers());
      if (!run.isOver()) {
        cluster.heard(run, task.trial(), result);
      }
      run.end(result);
      cluster.forget(jobs.number());
    }
  }

  /** Tasks that run at the same time need a slot each, or Spark refuses their job. */
  private void requireSlots() throws InterruptedException {
    long start = System.nanoTime();
    while (trials.areTogether() && slots.count() < trials.workers()) {
      if (System.nanoTime() - start > SLOTS_PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "Cluster must have a slot for each of %d workers at the same time, but had %d; the nearest is workers: %d"
                .formatted(trials.workers(), slots.count(), Math.max(1, slots.count())));
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  /** Spark says what became of a worker where no listener has heard of it before. */
  private static TaskResult.Failed failed(Throwable failure) {
    if (!(failure instanceof SparkException)) {
      return SpreadRun.failed(failure);
    }
    TaskResult.Failed classified = SparkFailures.classify(failure);
    return classified.code() == FailureCode.DRIVER_ERROR
        ? new TaskResult.Failed(FailureCode.ENGINE_ERROR, classified.message(), classified.trace())
        : classified;
  }

  /** The run's end is known: what still works on it is to stop. */
  private void stop(SparkTask run, Jobs jobs) {
    if (admission.withdraw(run)) {
      cluster.forget(jobs.number());
    }
    spark.cancelJobsWithTag(jobs.tag());
    Thread thread = threads.get(run);
    if (thread != null && thread != Thread.currentThread()) {
      thread.interrupt();
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
