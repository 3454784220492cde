package org.fettle.executor.run;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.report.TuningPlugin;
import org.fettle.executor.task.RunPlace;
import org.fettle.executor.task.TaskCodec;
import org.fettle.executor.task.TrialTask;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * What a Spark task calls: {@link TrialTask}s in bytes go in, their results in bytes come out. Only
 * a broadcast that cannot be fetched reaches Spark as an exception, for it to try elsewhere.
 */
public final class TaskFunction extends AbstractFunction1<Iterator<byte[]>, byte[]>
    implements Serializable {

  private static final long serialVersionUID = 1;

  /** A job's property: what the driver knows its task by. */
  public static final String NUMBER = "fettle.task";

  /** What Spark calls a GPU, as in {@code spark.task.resource.gpu.amount}. */
  private static final String GPU = "gpu";

  private final @Nullable Broadcast<StudyData> data;

  private TaskFunction(@Nullable Broadcast<StudyData> data) {
    this.data = data;
  }

  /** A function for tasks that need no data. */
  public static TaskFunction withoutData() {
    return new TaskFunction(null);
  }

  /** A function for tasks over the study's data, which each executor fetches once. */
  public static TaskFunction over(Broadcast<StudyData> data) {
    return new TaskFunction(data);
  }

  @Override
  public byte[] apply(Iterator<byte[]> runs) {
    TaskCodec codec = new TaskCodec();
    List<TrialTask> tasks = new ArrayList<>();
    while (runs.hasNext()) {
      tasks.add(codec.decodeTask(runs.next()));
    }
    Optional<StudyData> table = Optional.ofNullable(data).map(Broadcast::value);
    TaskContext spark = TaskContext.get();
    String number = Objects.requireNonNullElse(spark.getLocalProperty(NUMBER), "");
    try (Reporter reporter = TuningPlugin.reporter(tasks.get(0).study(), number)) {
      TrialRunner runner = new TrialRunner(spark.cpus(), place(spark), reporter);
      return codec.encodeResults(runner.run(tasks, table));
    }
  }

  private static RunPlace place(TaskContext spark) {
    ResourceInformation gpus = spark.resourcesJMap().get(GPU);
    List<String> devices = gpus == null ? List.of() : List.of(gpus.addresses());
    SparkEnv env = SparkEnv.get();
    return new RunPlace(env.blockManager().blockManagerId().host(), env.executorId(), devices);
  }
}
