package org.fettle.driver.spark;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.fettle.driver.study.TrialBackend;
import org.fettle.executor.task.TaskCodec;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Report;
import org.jspecify.annotations.Nullable;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * Runs that are a Spark job of one task, or a run that is many jobs of many tasks. The end of each
 * is told once, whichever is heard first: its result, that its trial was cancelled, an attempt that
 * Spark would make again, or the job's failure. Safe for several threads.
 */
final class SparkTask {

  private final List<Integer> trials;
  private final TrialBackend.Results results;
  private final BitSet ended = new BitSet();
  private @Nullable SimpleFutureAction<BoxedUnit> job;
  private Optional<Place> place = Optional.empty();
  private boolean abandoned;
  private Runnable whenOver = () -> {};

  /** Where a task is. */
  record Place(String executor, String host) {}

  /**
   * A task.
   *
   * @param trials of its runs, in their order
   */
  SparkTask(List<Integer> trials, TrialBackend.Results results) {
    this.trials = List.copyOf(trials);
    this.results = results;
  }

  /** The trials of its runs, in their order. */
  List<Integer> trials() {
    return trials;
  }

  synchronized void submitted(SimpleFutureAction<BoxedUnit> submitted) {
    job = submitted;
    if (abandoned) {
      submitted.cancel();
    }
  }

  /** For a run of many jobs: what is to be done about them once its end is known. */
  synchronized void whenOver(Runnable stop) {
    whenOver = stop;
  }

  synchronized Optional<Place> place() {
    return place;
  }

  /** It starts at an executor. */
  void began(String executor, String host) {
    synchronized (this) {
      boolean again = place.isPresent();
      place = Optional.of(new Place(executor, host));
      if (again || isOver()) {
        return;
      }
    }
    for (int run = 0; run < trials.size(); run++) {
      results.runBegan(run);
    }
  }

  /** Whether all of its runs have ended. */
  synchronized boolean isOver() {
    return ended.cardinality() == trials.size();
  }

  /** A run says how far it is. Returns whether it is still wanted. */
  boolean reported(int trial, Report report) {
    boolean wanted;
    synchronized (this) {
      wanted = runs(run -> trials.get(run) == trial && !ended.get(run)).length > 0;
    }
    if (wanted) {
      results.reported(trial, report);
    }
    return wanted;
  }

  /**
   * Ends its runs of a trial. Where others are left they go on, and the executor hears of it as the
   * answer to the next report.
   */
  void cancel(int trial) {
    TaskResult cancelled = new TaskResult.Failed(FailureCode.CANCELLED, "Cancelled", "");
    tell(cancelled, run -> trials.get(run) == trial);
    abandonIfOver();
  }

  /** Ends all its runs, and with them what Spark would do about a failure that is none to Spark. */
  void end(TaskResult result) {
    // Told before the job is cancelled, whose end would else be taken for the runs'.
    tell(result, run -> true);
    abandonIfOver();
  }

  private void abandonIfOver() {
    Runnable stop;
    synchronized (this) {
      if (!isOver()) {
        return;
      }
      abandoned = true;
      if (job != null) {
        job.cancel();
      }
      stop = whenOver;
    }
    stop.run();
  }

  private void tell(TaskResult result, IntPredicate which) {
    int[] telling;
    synchronized (this) {
      telling = runs(run -> which.test(run) && !ended.get(run));
      for (int run : telling) {
        ended.set(run);
      }
    }
    for (int run : telling) {
      results.runEnded(run, result);
    }
  }

  private int[] runs(IntPredicate which) {
    return IntStream.range(0, trials.size()).filter(which).toArray();
  }

  /** Hears what came of each run. */
  interface Heard {
    void result(SparkTask task, int trial, TaskResult result);
  }

  /**
   * What Spark calls with the task's results, on its one thread for that.
   *
   * @param codec for that thread
   * @param heard is told first
   */
  AbstractFunction2<Object, byte[], BoxedUnit> onResult(TaskCodec codec, Heard heard) {
    return new AbstractFunction2<>() {
      @Override
      public BoxedUnit apply(Object partition, byte[] bytes) {
        List<TaskResult> all = codec.decodeResults(bytes);
        for (int run = 0; run < all.size(); run++) {
          int place = run;
          heard.result(SparkTask.this, trials.get(run), all.get(run));
          tell(all.get(run), each -> each == place);
        }
        return BoxedUnit.UNIT;
      }
    };
  }

  /** What Spark calls when the job has ended. */
  AbstractFunction1<Try<BoxedUnit>, BoxedUnit> onJobEnd() {
    return new AbstractFunction1<>() {
      @Override
      public BoxedUnit apply(Try<BoxedUnit> end) {
        if (end.isFailure()) {
          tell(SparkFailures.classify(end.failed().get()), run -> true);
        }
        return BoxedUnit.UNIT;
      }
    };
  }
}
