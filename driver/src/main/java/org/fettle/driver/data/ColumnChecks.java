package org.fettle.driver.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fettle.driver.job.DataSpec;
import org.fettle.driver.job.Problems;
import org.fettle.executor.data.Column;

/** Makes columns of what was read, and says what is wrong with them. */
final class ColumnChecks {

  /** A one-hot column wider than this is an identifier, not a category. */
  static final int MAX_CATEGORIES = 1_000;

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

  /** The same of columns whose values lie elsewhere, by their names in order. */
  boolean check(Map<String, ColumnFacts> columns) {
    boolean sound = true;
    for (Map.Entry<String, ColumnFacts> each : columns.entrySet()) {
      String name = each.getKey();
      ColumnFacts facts = each.getValue();
      int row = facts.firstTooLarge();
      if (row >= 0) {
        problems.add("data.source", where(facts.tooLarge(), row, name), RANGE);
        sound = false;
      }
      sound &= facts.isNumbers() || isCategory(name, facts.texts().size());
      sound &= isPresent(name, facts.missing(), facts.firstMissing(), facts.rows());
    }
    boolean present = columns.values().stream().anyMatch(each -> each.missing() < each.rows());
    if (!present) {
      nothing(columns.keySet());
    }
    return sound && present;
  }

  private static String where(double value, int row, String name) {
    return value + " in row " + (row + 1) + " of " + name;
  }

  private void nothing(Collection<String> names) {
    problems.add(
        "data.source",
        "must have a value to learn from, but every one is missing in "
            + names.stream().limit(20).collect(Collectors.joining(", ")));
  }

  /** A column without values says nothing; a table of such columns cannot be learnt from. */
  private boolean isSomewherePresent(List<Column> columns) {
    boolean present =
        columns.stream()
            .anyMatch(column -> !IntStream.range(0, column.rows()).allMatch(column::missing));
    if (!present) {
      nothing(columns.stream().map(Column::name).toList());
    }
    return present;
  }

  private boolean isCategory(Column column) {
    return !(column instanceof Column.Categorical categorical)
        || isCategory(column.name(), categorical.categories().length);
  }

  private boolean isCategory(String name, int texts) {
    if (texts <= MAX_CATEGORIES) {
      return true;
    }
    problems.add(
        "data.source",
        texts + " in " + name,
        "must have columns of at most " + MAX_CATEGORIES + " different texts",
        "list " + name + " under data.ignore");
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
    return isPresent(column.name(), missing, first, column.rows());
  }

  private boolean isPresent(String name, int missing, int first, int rows) {
    if (missing == 0 || spec.missing() != DataSpec.Missing.REFUSE) {
      return true;
    }
    problems.add(
        "data.missing",
        "refuse",
        "must be impute while %s lacks %d of %d values, the first in row %d"
            .formatted(name, missing, rows, first + 1),
        "or complete the data, or list " + name + " under data.ignore");
    return false;
  }
}
