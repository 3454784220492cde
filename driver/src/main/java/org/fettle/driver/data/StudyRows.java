package org.fettle.driver.data;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.fettle.executor.data.Keys;
import org.fettle.executor.data.Table;

/**
 * The data of a study.
 *
 * @param table has no values where the rows are spread
 * @param keys what the rows can be divided by
 * @param spread the rows, where they stay on the executors
 */
public record StudyRows(Table table, Keys keys, Optional<SpreadData> spread) {
  public StudyRows {
    requireNonNull(table, "table is null");
    requireNonNull(keys, "keys is null");
    requireNonNull(spread, "spread is null");
  }

  /** Rows that are all here. */
  StudyRows(Table table, Keys keys) {
    this(table, keys, Optional.empty());
  }
}
