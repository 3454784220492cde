package org.fettle.driver.cli;

import org.apache.spark.SparkContext;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.Problems;
import org.fettle.optimizers.engine.Exchange;

/** Asks Spark, before anything runs, whether it can run all workers of a run at the same time. */
final class PlacementCheck {

  private PlacementCheck() {}

  static void check(JobSpec job, SparkContext spark, Problems problems) {
    if (!(job.evaluation() instanceof Evaluation.Network network)) {
      return;
    }
    network
        .cluster()
        .filter(placement -> placement.exchange() == Exchange.GRADIENTS)
        .ifPresent(
            placement -> {
              if (spark.executorAllocationManager().isDefined()) {
                problems.add(
                    "placement.exchange",
                    "gradients",
                    "must be averaging beside spark.dynamicAllocation.enabled, with which Spark"
                        + " starts no tasks together",
                    "or set that to false");
              }
              int slots =
                  spark.maxNumConcurrentTasks(
                      spark.resourceProfileManager().defaultResourceProfile());
              if (spark.isLocal() && placement.workers() > slots) {
                problems.add(
                    "placement.workers",
                    placement.workers(),
                    "must be at most the %d slots of master %s, as workers of exchange: gradients"
                            .formatted(slots, spark.master())
                        + " run at the same time");
              }
            });
  }
}
