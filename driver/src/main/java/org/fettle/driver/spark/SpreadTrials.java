package org.fettle.driver.spark;

import static java.util.Objects.requireNonNull;

import org.fettle.driver.job.ClusterPlacement;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.run.SpreadRows;
import org.fettle.optimizers.engine.Exchange;

/**
 * How runs are trained by several tasks each.
 *
 * @param data whose columns lie elsewhere
 */
public record SpreadTrials(SpreadRows rows, StudyData data, ClusterPlacement placement) {
  public SpreadTrials {
    requireNonNull(rows, "rows is null");
    requireNonNull(data, "data is null");
    requireNonNull(placement, "placement is null");
  }

  /** Tasks, and slots, of a run. */
  int workers() {
    return placement.workers();
  }

  /** Whether the tasks of a run must run at the same time. */
  boolean areTogether() {
    return placement.exchange() == Exchange.GRADIENTS;
  }
}
