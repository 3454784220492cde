package org.fettle.driver.spark;

import static java.util.Objects.requireNonNull;

import org.fettle.executor.data.StudyData;
import org.fettle.executor.run.SpreadRows;
import org.fettle.optimizers.engine.Exchange;

/**
 * How runs are trained by several tasks each.
 *
 * @param data whose columns lie elsewhere
 * @param workers tasks, and slots, of a run
 * @param exchange what these tell each other
 */
public record SpreadTrials(SpreadRows rows, StudyData data, int workers, Exchange exchange) {
  public SpreadTrials {
    requireNonNull(rows, "rows is null");
    requireNonNull(data, "data is null");
    requireNonNull(exchange, "exchange is null");
  }

  /** Whether the tasks of a run must run at the same time. */
  boolean areTogether() {
    return exchange == Exchange.GRADIENTS;
  }
}
