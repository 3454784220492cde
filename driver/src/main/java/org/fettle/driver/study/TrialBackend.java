package org.fettle.driver.study;

import java.util.List;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.search.study.Report;

/**
 * Where trials run: in this process, on Spark, or on a simulator. The study loop knows no more of
 * it than this. Called from the loop's thread only.
 */
public interface TrialBackend extends AutoCloseable {

  /** How many tasks are worth having in flight at once, now: the slots there are or may come. */
  int slots();

  /**
   * Tells of every change of {@link #slots}, from any thread.
   *
   * @param changed returns at once
   */
  default void watch(Runnable changed) {}

  /**
   * Begins runs as one task in one slot, and returns at once. It is most often one run; those that
   * the engine trains as one network may be several, of one trial or of more. A trial may have more
   * runs begun later, or one begun again.
   *
   * @param description for people who watch the cluster
   * @param results hears of each run's end exactly once, in any order, from any thread
   */
  void submit(String description, List<TrialTask> runs, Results results);

  /** Ends what still runs of a trial; those runs are heard of as cancelled. */
  void cancel(int trial);

  @Override
  void close();

  /** Hears of the runs of a task, by their places in it. Returns at once, from any thread. */
  @FunctionalInterface
  interface Results {
    /** A run begins to be worked on. May be heard late, or never. */
    default void runBegan(int run) {}

    /** A run says how far it is. It may be heard late, twice, or never before the run's end. */
    default void reported(int trial, Report report) {}

    /** A run ended. */
    void runEnded(int run, TaskResult result);
  }
}
