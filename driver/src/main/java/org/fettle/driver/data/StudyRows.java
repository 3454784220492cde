package org.fettle.driver.data;

import static java.util.Objects.requireNonNull;

import org.fettle.executor.data.Keys;
import org.fettle.executor.data.Table;

/**
 * The data of a study.
 *
 * @param keys what the rows can be divided by
 */
public record StudyRows(Table table, Keys keys) {
  public StudyRows {
    requireNonNull(table, "table is null");
    requireNonNull(keys, "keys is null");
  }
}
