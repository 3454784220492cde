package org.fettle.driver.spark;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
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
import org.fettle.executor.task.TrialTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.concurrent.ExecutionContext;
import scala.concurrent.ExecutionContext$;
import scala.runtime.AbstractFunction0;
import scala.runtime.BoxedUnit;

/**
 * Each task a Spark job of its own, submitted without waiting: what ends one leaves all others
 * alone. Job groups let Spark's pages tell which trials a task belongs to. All stand in one
 * scheduler pool, served in order.
 *
 * <p>The first attempt of a task that Spark takes for failed ends the run, whatever {@code
 * spark.task.maxFailures} says: whether it is begun again is for the study to say.
 */
public final class SparkTrialBackend implements TrialBackend {

  private static final Logger LOG = LoggerFactory.getLogger(SparkTrialBackend.class);

  /** First in, first out within, so that the earliest trial gets all its folds first. */
  private static final String POOL = "fettle";

  /** How long to wait for cancelled tasks: code that minds no interrupt may run for ever. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration POLL = Duration.ofMillis(20);

  private static final Nothing DONE = new Nothing();

  private static final Seq<Object> FIRST = JavaConverters.asScalaBuffer(List.<Object>of(0)).toSeq();

  private final JavaSparkContext spark;
  private final String study;
  private final Optional<Broadcast<StudyData>> data;
  private final TaskFunction function;
  private final TaskCodec codec = new TaskCodec();

  /** For the thread on which Spark tells of results. */
  private final TaskCodec results = new TaskCodec();

  private final Set<String> studies = ConcurrentHashMap.newKeySet();
  private final ExecutionContext here = ExecutionContext$.MODULE$.fromExecutor(Runnable::run);
  private final ClusterListener cluster;
  private final Slots slots;
  private final Optional<SpreadRuns> spread;
  private volatile Runnable watcher = () -> {};

  /**
   * A back end for one study.
   *
   * @param data goes to each executor once; empty for a user's objective
   */
  public SparkTrialBackend(JavaSparkContext spark, String study, Optional<StudyData> data) {
    this(spark, study, data, Optional.empty());
  }

  /** A back end for one study whose runs are trained by several tasks each. */
  public static SparkTrialBackend spread(
      JavaSparkContext spark, String study, SpreadTrials trials) {
    return new SparkTrialBackend(spark, study, Optional.empty(), Optional.of(trials));
  }

  private SparkTrialBackend(
      JavaSparkContext spark,
      String study,
      Optional<StudyData> data,
      Optional<SpreadTrials> trials) {
    this.spark = spark;
    this.study = study;
    this.data = data.map(spark::broadcast);
    this.function = this.data.map(TaskFunction::over).orElseGet(TaskFunction::withoutData);
    this.cluster = new ClusterListener(this::slotsChanged, new SparkRemedy(spark.sc(), LOG::warn));
    this.slots = new Slots(spark.sc(), cluster);
    this.spread = trials.map(each -> new SpreadRuns(spark, cluster, slots, each));
    spark.sc().addSparkListener(cluster);
  }

  @Override
  public int slots() {
    int all = slots.count();
    return spread.map(runs -> runs.slots(all)).orElse(all);
  }

  private void slotsChanged() {
    slots.changed();
    spread.ifPresent(SpreadRuns::slotsChanged);
    watcher.run();
  }

  @Override
  public void watch(Runnable changed) {
    watcher = changed;
  }

  @Override
  public void submit(String description, List<TrialTask> runs, Results results) {
    listen(runs.get(0).study());
    List<Integer> trials = runs.stream().map(TrialTask::trial).toList();
    SparkTask task = new SparkTask(trials, results);
    if (spread.isPresent()) {
      // Runs whose rows lie elsewhere have no company.
      spread.get().submit(task, runs.get(0), POOL, group(trials), description);
      return;
    }
    spark.setLocalProperty("spark.scheduler.pool", POOL);
    spark.setJobGroup(group(trials), description, true);
    try {
      spark.setLocalProperty(TaskFunction.NUMBER, cluster.expect(task));
      RDD<byte[]> encoded = spark.parallelize(runs.stream().map(codec::encode).toList(), 1).rdd();
      SimpleFutureAction<BoxedUnit> job =
          spark
              .sc()
              .submitJob(
                  encoded, function, FIRST, task.onResult(this.results, cluster::heard), DONE);
      job.onComplete(task.onJobEnd(), here);
      task.submitted(job);
    } finally {
      spark.clearJobGroup();
      spark.setLocalProperty(TaskFunction.NUMBER, null);
    }
  }

  private void listen(String key) {
    if (studies.add(key)) {
      TuningPlugin.listen(key, this::reported);
    }
  }

  /** Returns whether the run is still wanted. */
  private boolean reported(RunReport report) {
    return cluster
        .task(report.task())
        .filter(task -> task.reported(report.trial(), report.report()))
        .isPresent();
  }

  /** What Spark's pages show: the study and its trial, or its trials. */
  private String group(List<Integer> trials) {
    return trials.stream()
        .distinct()
        .map(String::valueOf)
        .collect(Collectors.joining("+", "fettle/" + study + "/", ""));
  }

  @Override
  public void cancel(int trial) {
    for (SparkTask task : cluster.tasks()) {
      if (task.trials().contains(trial)) {
        task.cancel(trial);
      }
    }
  }

  @Override
  public void close() {
    studies.forEach(TuningPlugin::forget);
    spread.ifPresent(SpreadRuns::close);
    spark.sc().removeSparkListener(cluster);
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
}
