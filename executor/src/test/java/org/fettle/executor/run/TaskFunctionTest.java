package org.fettle.executor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.serializer.SerializerInstance;
import org.fettle.executor.NearestEngine.Fault;
import org.fettle.executor.Samples;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.task.RunPlace;
import org.fettle.executor.task.TaskCodec;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.search.study.FailureCode;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.JavaConverters;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/** Tasks in a real Spark, of one JVM. */
@Timeout(120)
class TaskFunctionTest {

  private static final ClassTag<StudyData> STUDY_DATA = ClassTag$.MODULE$.apply(StudyData.class);

  private static SparkContext spark(String serializer) {
    return new SparkContext(
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("TaskFunctionTest")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "localhost")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.serializer", "org.apache.spark.serializer." + serializer));
  }

  /** One test for each serialiser, since a Spark takes seconds to start. */
  @ParameterizedTest
  @ValueSource(strings = {"JavaSerializer", "KryoSerializer"})
  void runsInSpark(String serializer) throws Exception {
    SparkContext spark = spark(serializer);
    try {
      assertThat(SparkEnv.get().serializer().getClass().getSimpleName()).isEqualTo(serializer);
      tasksRunOverBroadcastData(spark);
      studyDataComesBack(Samples.classes());
      studyDataComesBack(Samples.values());
      cancellingAJobInterruptsItsObjective(spark);
    } finally {
      spark.stop();
    }
  }

  /** Submits one task per element, and collects the results by partition. */
  private static SimpleFutureAction<Map<Integer, TaskResult>> submit(
      SparkContext spark, List<TrialTask> tasks, TaskFunction function) {
    TaskCodec codec = new TaskCodec();
    List<byte[]> bytes = tasks.stream().map(codec::encode).toList();
    RDD<byte[]> rdd =
        JavaSparkContext.fromSparkContext(spark).parallelize(bytes, bytes.size()).rdd();
    List<Object> partitions = new ArrayList<>();
    for (int i = 0; i < bytes.size(); i++) {
      partitions.add(i);
    }
    Map<Integer, TaskResult> results = new TreeMap<>();
    return spark.submitJob(
        rdd,
        function,
        JavaConverters.asScalaBuffer(partitions),
        (index, result) -> {
          results.put((Integer) index, new TaskCodec().decodeResults(result).get(0));
          return BoxedUnit.UNIT;
        },
        () -> results);
  }

  private static TrialTask task(Work work) {
    return new TrialTask("spark", 1, 2, work);
  }

  private static void tasksRunOverBroadcastData(SparkContext spark) throws Exception {
    Broadcast<StudyData> data = spark.broadcast(Samples.classes(), STUDY_DATA);
    List<TrialTask> tasks =
        List.of(
            task(new Work.Train(Samples.network(Fault.NONE), 0, List.of(), List.of())),
            task(new Work.Train(Samples.network(Fault.THROWS), 1, List.of(), List.of())),
            task(new Work.Refit(Samples.network(Fault.NONE), List.of())),
            task(new Work.Evaluate(TestObjectives.Parabola.class.getName(), Map.of("x", 2))));
    Map<Integer, TaskResult> results =
        Await.result(
            submit(spark, tasks, TaskFunction.over(data)), Duration.apply(60, TimeUnit.SECONDS));
    assertThat(results).containsOnlyKeys(0, 1, 2, 3);
    assertThat(((TaskResult.Scored) results.get(0)).measurement().value("accuracy")).isEqualTo(1);
    assertThat(((TaskResult.Failed) results.get(1)).code()).isEqualTo(FailureCode.ENGINE_ERROR);
    assertThat(((TaskResult.Refitted) results.get(2)).files()).containsKey("model.zip");
    assertThat(((TaskResult.Scored) results.get(3)).measurement().value("loss")).isEqualTo(4);
    assertThat(((TaskResult.Scored) results.get(3)).place())
        .isEqualTo(new RunPlace("localhost", "driver", List.of()));
  }

  /** One JVM hands a broadcast on as it is; executors of a cluster read it. */
  private static void studyDataComesBack(StudyData data) {
    SerializerInstance serializer = SparkEnv.get().serializer().newInstance();
    StudyData back = serializer.deserialize(serializer.serialize(data, STUDY_DATA), STUDY_DATA);
    assertThat(back.table().digest()).isEqualTo(data.table().digest());
    for (int fold = 0; fold < data.folds().count(); fold++) {
      assertThat(back.folds().validation(fold)).isEqualTo(data.folds().validation(fold));
    }
  }

  private static void cancellingAJobInterruptsItsObjective(SparkContext spark) throws Exception {
    spark.setJobGroup("fettle/s/1", "Trial 1", true);
    TrialTask endless = task(new Work.Evaluate(TestObjectives.Endless.class.getName(), Map.of()));
    SimpleFutureAction<Map<Integer, TaskResult>> job =
        submit(spark, List.of(endless), TaskFunction.withoutData());
    spark.clearJobGroup();
    assertThat(TestObjectives.Endless.BEGUN.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    spark.cancelJobGroup("fettle/s/1");
    assertThat(TestObjectives.Endless.INTERRUPTED.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> Await.result(job, Duration.apply(60, TimeUnit.SECONDS)))
        .hasMessageContaining("cancelled");
  }
}
