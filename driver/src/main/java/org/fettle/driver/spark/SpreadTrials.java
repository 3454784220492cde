package org.fettle.driver.spark;

import static java.util.Objects.requireNonNull;

import org.fettle.executor.data.StudyData;
import org.fettle.executor.run.SpreadRows;

/**
 * How runs are trained by several tasks each.
 *
 * @param workers tasks, and slots, of a run
 * @param data whose columns lie elsewhere
 */
public record SpreadTrials(SpreadRows rows, StudyData data, int workers) {
  public SpreadTrials {
    requireNonNull(rows, "rows is null");
    requireNonNull(data, "data is null");
  }
}
