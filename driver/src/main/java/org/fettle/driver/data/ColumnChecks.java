package org.fettle.driver.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fettle.driver.job.DataSpec;
import org.fettle.driver.job.Problems;
import org.fettle.executor.data.Column;

/** Makes columns of what was read, and says what is wrong with them. */
final class ColumnChecks {

  /** A one-hot column wider than this is an identifier, not a category. */
  private static final int MAX_CATEGORIES = 1_000;

  private static final String RANGE =
      "must have numbers within ±%s, the range of single precision".formatted(Float.MAX_VALUE);

  private final DataSpec spec;
  private final Problems problems;

  ColumnChecks(DataSpec spec, Problems problems) {
    this.spec = spec;
    this.problems = problems;
  }

  /** The columns, or nothing after saying what is wrong with them. */
  Optional<List<Column>> columns(List<ColumnBuilder> builders) {
    boolean sound = true;
    List<Column> columns = new ArrayList<>();
    for (ColumnBuilder builder : builders) {
      Optional<String> tooLarge = builder.tooLarge();
      tooLarge.ifPresent(where -> problems.add("data.source", where, RANGE));
      if (tooLarge.isEmpty()) {
        Column column = builder.build();
        columns.add(column);
        sound &= isCategory(column);
        sound &= isPresent(column);
      }
    }
    sound &= columns.size() == builders.size();
    return sound && isSomewherePresent(columns) ? Optional.of(columns) : Optional.empty();
  }

  /** A column without values says nothing; a table of such columns cannot be learnt from. */
  private boolean isSomewherePresent(List<Column> columns) {
    boolean present =
        columns.stream()
            .anyMatch(column -> !IntStream.range(0, column.rows()).allMatch(column::missing));
    if (!present) {
      problems.add(
          "data.source",
          "must have a value to learn from, but every one is missing in "
              + columns.stream().map(Column::name).limit(20).collect(Collectors.joining(", ")));
    }
    return present;
  }

  private boolean isCategory(Column column) {
    if (!(column instanceof Column.Categorical categorical)
        || categorical.categories().length <= MAX_CATEGORIES) {
      return true;
    }
    problems.add(
        "data.source",
        categorical.categories().length + " in " + column.name(),
        "must have columns of at most " + MAX_CATEGORIES + " different texts",
        "list " + column.name() + " under data.ignore");
    return false;
  }

  private boolean isPresent(Column column) {
    int missing = 0;
    int first = -1;
    for (int row = column.rows() - 1; row >= 0; row--) {
      if (column.missing(row)) {
        missing++;
        first = row;
      }
    }
    if (missing == 0 || spec.missing() != DataSpec.Missing.REFUSE) {
      return true;
    }
    problems.add(
        "data.missing",
        "refuse",
        "must be impute while %s lacks %d of %d values, the first in row %d"
            .formatted(column.name(), missing, column.rows(), first + 1),
        "or complete the data, or list " + column.name() + " under data.ignore");
    return false;
  }
}
