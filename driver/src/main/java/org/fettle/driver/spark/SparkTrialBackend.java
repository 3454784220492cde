package org.fettle.driver.spark;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.fettle.driver.study.TrialBackend;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.report.TuningPlugin;
import org.fettle.executor.run.TaskFunction;
import org.fettle.executor.task.RunReport;
import org.fettle.executor.task.TaskCodec;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.concurrent.ExecutionContext;
import scala.concurrent.ExecutionContext$;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * Trials as Spark jobs: one job for each trial, one task for each of its runs, submitted without
 * waiting. Each trial has its job group, so that it can be cancelled alone and Spark's pages tell
 * which trial a task belongs to. All stand in one scheduler pool, served in order.
 */
public final class SparkTrialBackend implements TrialBackend {

  /** First in, first out within, so that the earliest trial gets all its folds first. */
  private static final String POOL = "fettle";

  /** How long to wait for cancelled tasks: code that minds no interrupt may run for ever. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration POLL = Duration.ofMillis(20);

  private final JavaSparkContext spark;
  private final String study;
  private final Optional<Broadcast<StudyData>> data;
  private final TaskFunction function;
  private final TaskCodec codec = new TaskCodec();
  private final Map<Integer, Results> listening = new ConcurrentHashMap<>();
  private final Set<String> studies = ConcurrentHashMap.newKeySet();
  private final ExecutionContext here = ExecutionContext$.MODULE$.fromExecutor(Runnable::run);

  /**
   * A back end for one study.
   *
   * @param data goes to each executor once; empty for a user's objective
   */
  public SparkTrialBackend(JavaSparkContext spark, String study, Optional<StudyData> data) {
    this.spark = spark;
    this.study = study;
    this.data = data.map(spark::broadcast);
    this.function = this.data.map(TaskFunction::over).orElseGet(TaskFunction::withoutData);
  }

  @Override
  public int slots() {
    return Slots.now(spark.sc());
  }

  @Override
  public void submit(int trial, String description, List<TrialTask> runs, Results results) {
    listening.put(trial, results);
    runs.forEach(task -> listen(task.study()));
    RDD<byte[]> tasks =
        spark.parallelize(runs.stream().map(codec::encode).toList(), runs.size()).rdd();
    Runs pending = new Runs(trial, runs.size(), results);
    spark.setLocalProperty("spark.scheduler.pool", POOL);
    spark.setJobGroup(group(trial), description, true);
    try {
      SimpleFutureAction<BoxedUnit> job =
          spark.sc().submitJob(tasks, function, all(runs.size()), pending, new Nothing());
      job.onComplete(pending.onJobEnd(), here);
    } finally {
      spark.clearJobGroup();
    }
  }

  private void listen(String study) {
    if (studies.add(study)) {
      TuningPlugin.listen(study, this::reported);
    }
  }

  private void reported(RunReport report) {
    Results results = listening.get(report.trial());
    if (results != null) {
      results.reported(report.trial(), report.report());
    }
  }

  private String group(int trial) {
    return "fettle/" + study + "/" + trial;
  }

  private static Seq<Object> all(int count) {
    List<Object> partitions = IntStream.range(0, count).<Object>mapToObj(Integer::valueOf).toList();
    return JavaConverters.asScalaBuffer(partitions).toSeq();
  }

  @Override
  public void cancel(int trial) {
    spark.cancelJobGroup(group(trial));
  }

  @Override
  public void close() {
    studies.forEach(TuningPlugin::forget);
    awaitCancelled();
    data.ifPresent(Broadcast::destroy);
  }

  /**
   * A cancelled job ends before its tasks do, and Spark fails noisily where a task outlives it or
   * the data.
   */
  private void awaitCancelled() {
    long start = System.nanoTime();
    while (runningTasks() > 0 && System.nanoTime() - start < PATIENCE.toNanos()) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private int runningTasks() {
    return Arrays.stream(spark.sc().statusTracker().getExecutorInfos())
        .mapToInt(SparkExecutorInfo::numRunningTasks)
        .sum();
  }

  private static final class Nothing extends AbstractFunction0<BoxedUnit> {
    @Override
    public BoxedUnit apply() {
      return BoxedUnit.UNIT;
    }
  }

  /** Hears of each finished task, and at the job's end of those that Spark gave up. */
  private final class Runs extends AbstractFunction2<Object, byte[], BoxedUnit> {
    private final int trial;
    private final boolean[] heard;
    private final Results results;
    private final TaskCodec resultCodec = new TaskCodec();

    Runs(int trial, int count, Results results) {
      this.trial = trial;
      this.heard = new boolean[count];
      this.results = results;
    }

    @Override
    public synchronized BoxedUnit apply(Object run, byte[] result) {
      ended((Integer) run, resultCodec.decodeResult(result));
      return BoxedUnit.UNIT;
    }

    private void ended(int run, TaskResult result) {
      if (!heard[run]) {
        heard[run] = true;
        results.runEnded(trial, run, result);
      }
    }

    AbstractFunction1<Try<BoxedUnit>, BoxedUnit> onJobEnd() {
      return new AbstractFunction1<>() {
        @Override
        public BoxedUnit apply(Try<BoxedUnit> end) {
          listening.remove(trial, results);
          if (end.isFailure()) {
            givenUp(end.failed().get());
          }
          return BoxedUnit.UNIT;
        }
      };
    }

    private synchronized void givenUp(Throwable reason) {
      TaskResult.Failed failed = SparkFailures.classify(reason);
      for (int run = 0; run < heard.length; run++) {
        ended(run, failed);
      }
    }
  }
}
