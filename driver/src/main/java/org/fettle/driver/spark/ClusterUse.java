package org.fettle.driver.spark;

import java.util.Arrays;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;

/** How many executors there are, and how many tasks they work on. */
public record ClusterUse(int executors, int busy) {

  /** As Spark has it at this moment. */
  public static ClusterUse of(SparkContext spark) {
    SparkExecutorInfo[] all = spark.statusTracker().getExecutorInfos();
    int busy = Arrays.stream(all).mapToInt(SparkExecutorInfo::numRunningTasks).sum();
    // The driver is among them, and works itself only where it is alone.
    return new ClusterUse(spark.isLocal() ? 1 : Math.max(0, all.length - 1), busy);
  }
}
