package org.fettle.driver.spark;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.spark.SimpleFutureAction;
import org.fettle.driver.study.TrialBackend;
import org.fettle.executor.task.TaskCodec;
import org.fettle.executor.task.TaskResult;
import org.jspecify.annotations.Nullable;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * A run that is a Spark job of one task, or many jobs of many. Its end is told once, whichever is
 * heard first: the result, an attempt that Spark would make again, or the job's failure. Safe for
 * several threads.
 */
final class SparkRun {

  private final int trial;
  private final int index;
  private final TrialBackend.Results results;
  private @Nullable SimpleFutureAction<BoxedUnit> job;
  private Optional<Place> place = Optional.empty();
  private boolean ended;
  private boolean abandoned;
  private Runnable whenAbandoned = () -> {};

  /** Where a run is. */
  record Place(String executor, String host) {}

  /**
   * A run.
   *
   * @param index in the list that the trial was submitted with
   */
  SparkRun(int trial, int index, TrialBackend.Results results) {
    this.trial = trial;
    this.index = index;
    this.results = results;
  }

  int trial() {
    return trial;
  }

  synchronized void submitted(SimpleFutureAction<BoxedUnit> submitted) {
    job = submitted;
    if (abandoned) {
      submitted.cancel();
    }
  }

  /** For a run of many jobs: what is to be done about them once its end is known. */
  synchronized void whenAbandoned(Runnable stop) {
    whenAbandoned = stop;
  }

  synchronized boolean isOver() {
    return ended;
  }

  synchronized Optional<Place> place() {
    return place;
  }

  /** A task of the run starts. */
  void began(String executor, String host) {
    synchronized (this) {
      boolean again = place.isPresent();
      place = Optional.of(new Place(executor, host));
      if (again || ended) {
        return;
      }
    }
    results.runBegan(trial, index);
  }

  /** Ends the run, and with it what Spark would do about a failure that is none to Spark. */
  void end(TaskResult result) {
    // Told before the job is cancelled, whose end would else be taken for the run's.
    if (!tell(result)) {
      return;
    }
    Runnable stop;
    synchronized (this) {
      abandoned = true;
      if (job != null) {
        job.cancel();
      }
      stop = whenAbandoned;
    }
    stop.run();
  }

  private boolean tell(TaskResult result) {
    synchronized (this) {
      if (ended) {
        return false;
      }
      ended = true;
    }
    results.runEnded(trial, index, result);
    return true;
  }

  /**
   * What Spark calls with the task's result, on its one thread for that.
   *
   * @param codec for that thread
   * @param heard is told first
   */
  AbstractFunction2<Object, byte[], BoxedUnit> onResult(
      TaskCodec codec, BiConsumer<SparkRun, TaskResult> heard) {
    return new AbstractFunction2<>() {
      @Override
      public BoxedUnit apply(Object partition, byte[] bytes) {
        TaskResult result = codec.decodeResult(bytes);
        heard.accept(SparkRun.this, result);
        tell(result);
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
          tell(SparkFailures.classify(end.failed().get()));
        }
        return BoxedUnit.UNIT;
      }
    };
  }
}
