package org.fettle.driver.spark;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.concurrent.ExecutionContext;
import scala.concurrent.ExecutionContext$;
import scala.runtime.AbstractFunction0;
import scala.runtime.BoxedUnit;

/**
 * Runs as Spark jobs of one task, submitted without waiting: what ends one run leaves the trial's
 * others alone. Each trial has its job group, so that it can be cancelled alone and Spark's pages
 * tell which trial a task belongs to. All stand in one scheduler pool, served in order.
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

  private static final Seq<Object> FIRST = JavaConverters.asScalaBuffer(List.<Object>of(0)).toSeq();

  private final JavaSparkContext spark;
  private final String study;
  private final Optional<Broadcast<StudyData>> data;
  private final TaskFunction function;
  private final TaskCodec codec = new TaskCodec();

  /** For the thread on which Spark tells of results. */
  private final TaskCodec results = new TaskCodec();

  private final Map<Integer, Listening> listening = new ConcurrentHashMap<>();
  private final Set<String> studies = ConcurrentHashMap.newKeySet();
  private final ExecutionContext here = ExecutionContext$.MODULE$.fromExecutor(Runnable::run);
  private final ClusterListener cluster;
  private final Slots slots;
  private final Optional<SpreadRuns> spread;
  private final AtomicInteger tags = new AtomicInteger();
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
    this.spread = trials.map(each -> new SpreadRuns(spark, cluster, slots, each, this::reported));
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
  public void submit(int trial, String description, List<TrialTask> runs, Results results) {
    listening.merge(trial, new Listening(results, runs.size()), Listening::with);
    Results counted = new Counted(results);
    if (spread.isPresent()) {
      for (int run = 0; run < runs.size(); run++) {
        String tag = group(trial) + "#" + tags.incrementAndGet();
        spread
            .get()
            .submit(
                new SparkRun(trial, run, counted),
                runs.get(run),
                new SpreadRuns.Jobs(POOL, group(trial), description, tag.replace(",", "-")));
      }
      return;
    }
    spark.setLocalProperty("spark.scheduler.pool", POOL);
    spark.setJobGroup(group(trial), description, true);
    try {
      for (int run = 0; run < runs.size(); run++) {
        submit(runs.get(run), new SparkRun(trial, run, counted));
      }
    } finally {
      spark.clearJobGroup();
      spark.setLocalProperty(ClusterListener.RUN, null);
    }
  }

  private void submit(TrialTask task, SparkRun run) {
    listen(task.study());
    spark.setLocalProperty(ClusterListener.RUN, cluster.expect(run));
    RDD<byte[]> tasks = spark.parallelize(List.of(codec.encode(task)), 1).rdd();
    SimpleFutureAction<BoxedUnit> job =
        spark
            .sc()
            .submitJob(
                tasks, function, FIRST, run.onResult(results, cluster::heard), new Nothing());
    job.onComplete(run.onJobEnd(), here);
    run.submitted(job);
  }

  private void listen(String study) {
    if (studies.add(study)) {
      TuningPlugin.listen(study, this::reported);
    }
  }

  private void reported(RunReport report) {
    Listening trial = listening.get(report.trial());
    if (trial != null) {
      trial.results().reported(report.trial(), report.report());
    }
  }

  private String group(int trial) {
    return "fettle/" + study + "/" + trial;
  }

  @Override
  public void cancel(int trial) {
    spread.ifPresent(runs -> runs.cancel(trial));
    spark.cancelJobGroup(group(trial));
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

  /**
   * Who hears of a trial's reports.
   *
   * @param runs that have not ended
   */
  private record Listening(Results results, int runs) {
    Listening with(Listening later) {
      return new Listening(later.results, runs + later.runs);
    }
  }

  /** Notes when a trial's last run has ended: it says nothing more. */
  private final class Counted implements Results {
    private final Results results;

    Counted(Results results) {
      this.results = results;
    }

    @Override
    public void runBegan(int trial, int run) {
      results.runBegan(trial, run);
    }

    @Override
    public void runEnded(int trial, int run, TaskResult result) {
      listening.computeIfPresent(
          trial,
          (number, before) ->
              before.runs() == 1 ? null : new Listening(before.results(), before.runs() - 1));
      results.runEnded(trial, run, result);
    }
  }
}
