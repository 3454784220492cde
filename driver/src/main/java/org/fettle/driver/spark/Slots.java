package org.fettle.driver.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * How many runs a cluster can work on. With dynamic allocation Spark asks for executors by the
 * tasks that wait: so there are to be more runs than slots until there are all the executors that
 * there may be.
 */
final class Slots {

  /** Executors that are to leave are told of by nobody. */
  private static final long FRESH_NANOS = 500_000_000;

  private final SparkContext spark;
  private final ClusterListener cluster;
  private volatile boolean changed = true;
  private long counted;
  private int count;

  Slots(SparkContext spark, ClusterListener cluster) {
    this.spark = spark;
    this.cluster = cluster;
  }

  /** Executors came, went, or were excluded. Any thread. */
  void changed() {
    changed = true;
  }

  /** By cores and what else a task needs, over the executors that get tasks. Any thread. */
  synchronized int count() {
    long now = System.nanoTime();
    if (changed || now - counted > FRESH_NANOS) {
      changed = false;
      counted = now;
      count = countNow();
    }
    return count;
  }

  private int countNow() {
    // Counts what Spark would give out if nothing ran, with the resources of each executor.
    int all = spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
    int executors = Math.max(1, spark.statusTracker().getExecutorInfos().length - 1);
    int each = Math.max(1, all / executors);
    int usable = Math.max(0, all - each * cluster.excluded());
    return spark.executorAllocationManager().isDefined()
        ? wanted(usable, each, mostExecutors(spark.getConf()))
        : usable;
  }

  /** Twice what there is, up to what there may be. */
  static int wanted(int usable, int each, int mostExecutors) {
    long most = (long) each * mostExecutors;
    return (int) Math.max(usable, Math.min(most, Math.max(1, 2L * usable)));
  }

  private static int mostExecutors(SparkConf conf) {
    return conf.getInt("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE);
  }
}
