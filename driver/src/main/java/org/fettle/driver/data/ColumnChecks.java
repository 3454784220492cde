package org.fettle.driver.data;

import java.util.List;
import org.fettle.driver.job.DataSpec;
import org.fettle.driver.job.Problems;
import org.fettle.executor.data.Column;

/** What can be wrong with feature columns once they are read. */
final class ColumnChecks {

  /** A one-hot column wider than this is an identifier, not a category. */
  private static final int MAX_CATEGORIES = 1_000;

  private final DataSpec spec;
  private final Problems problems;

  ColumnChecks(DataSpec spec, Problems problems) {
    this.spec = spec;
    this.problems = problems;
  }

  void check(List<Column> columns) {
    for (Column column : columns) {
      if (column instanceof Column.Categorical categorical
          && categorical.categories().length > MAX_CATEGORIES) {
        problems.add(
            "data.source",
            column.name() + " with " + categorical.categories().length + " different texts",
            "must have columns of at most " + MAX_CATEGORIES + " categories",
            "list " + column.name() + " under data.ignore");
      }
      if (column instanceof Column.Numeric numeric) {
        checkFinite(numeric);
      }
      if (spec.missing() == DataSpec.Missing.REFUSE) {
        checkPresent(column);
      }
    }
  }

  private void checkFinite(Column.Numeric column) {
    for (int row = 0; row < column.rows(); row++) {
      if (Double.isInfinite(column.values()[row])) {
        problems.add(
            "data.source",
            column.name() + " is " + column.values()[row] + " in row " + (row + 1),
            "must have finite numbers");
        return;
      }
    }
  }

  private void checkPresent(Column column) {
    int missing = 0;
    int first = -1;
    for (int row = column.rows() - 1; row >= 0; row--) {
      if (column.missing(row)) {
        missing++;
        first = row;
      }
    }
    if (missing > 0) {
      problems.add(
          "data.missing",
          "%s lacks %d of %d values, the first in row %d"
              .formatted(column.name(), missing, column.rows(), first + 1),
          "refuses missing values",
          "clean the data, list the column under data.ignore, or set data.missing to impute");
    }
  }
}
