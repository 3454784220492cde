package org.fettle.driver.spark;

import org.apache.spark.SparkContext;

/** How many tasks Spark can run at once. */
final class Slots {

  private Slots() {}

  /**
   * On the executors that are there now, by what each has of cores and GPUs and by what a task
   * takes of them: with {@code spark.task.resource.gpu.amount=0.5} two for each GPU, as far as
   * there are cores. At least 1, also while no executor is there. A local session counts cores
   * alone, as Spark assigns no GPUs in it.
   */
  static int now(SparkContext spark) {
    return Math.max(
        1, spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile()));
  }
}
