package org.fettle.driver.data;

import static java.util.Objects.requireNonNull;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fettle.driver.job.Problems;
import org.fettle.driver.job.ValidationSpec;
import org.fettle.executor.data.Cells;
import org.jspecify.annotations.Nullable;

/** Gathers, row by row, the column that divides the rows, and makes numbers of its values. */
final class DividingColumn {

  /** What scikit-learn marks a row with that is in no fold. */
  private static final String NO_FOLD = "-1";

  private final ValidationSpec.Column column;
  private final Problems problems;
  private final List<@Nullable Object> cells = new ArrayList<>();

  DividingColumn(ValidationSpec.Column column, Problems problems) {
    this.column = column;
    this.problems = problems;
  }

  void add(@Nullable Object cell) {
    boolean missing =
        cell == null
            || Cells.MISSING.contains(cell.toString().trim())
            || cell.equals(Double.NaN)
            || cell.equals(Float.NaN);
    cells.add(missing ? null : cell);
  }

  /** The codes of the rows, or nothing after saying what is wrong. */
  Optional<int[]> codes() {
    return switch (column.role()) {
      case GROUP -> complete() ? Optional.of(codes(places(labels()))) : Optional.empty();
      case TIME -> complete() ? times() : Optional.empty();
      case FOLD_COLUMN -> folds();
    };
  }

  private boolean complete() {
    int missing = (int) cells.stream().filter(cell -> cell == null).count();
    if (missing > 0) {
      refuse(
          "must have a value in every row, but %s lacks %d of %d, the first in row %d"
              .formatted(column.name(), missing, cells.size(), cells.indexOf(null) + 1));
    }
    return missing == 0;
  }

  private void refuse(String rule) {
    problems.add("validation." + column.key(), rule);
  }

  private static String label(Object cell) {
    return Cells.text(cell).trim();
  }

  private Set<String> labels() {
    Set<String> labels = new TreeSet<>();
    cells.stream().filter(cell -> cell != null).forEach(cell -> labels.add(label(cell)));
    return labels;
  }

  private static Map<String, Integer> places(Set<String> labels) {
    Map<String, Integer> places = new HashMap<>();
    Labels.sorted(labels).forEach(label -> places.put(label, places.size()));
    return places;
  }

  private int[] codes(Map<String, Integer> places) {
    return cells.stream()
        .mapToInt(cell -> cell == null ? -1 : places.getOrDefault(label(cell), -1))
        .toArray();
  }

  private Optional<int[]> folds() {
    Set<String> labels = labels();
    boolean marked = labels.remove(NO_FOLD);
    boolean always = marked || cells.contains(null);
    if (labels.isEmpty() || (labels.size() == 1 && !always)) {
      refuse(
          "must name two folds or more, or leave rows without one to train on, but %s is always %s"
              .formatted(
                  column.name(), labels.isEmpty() ? "without a fold" : labels.iterator().next()));
      return Optional.empty();
    }
    return Optional.of(codes(places(labels)));
  }

  private Optional<int[]> times() {
    double[] times = new double[cells.size()];
    TreeMap<Double, Integer> places = new TreeMap<>();
    for (int row = 0; row < times.length; row++) {
      Object cell = requireNonNull(cells.get(row));
      Optional<Double> time = time(cell);
      if (time.isEmpty()) {
        refuse(
            ("must be a number, a date or a time in every row, but %s is %s in row %d:"
                    + " dates are written as 2026-11-22")
                .formatted(column.name(), cell, row + 1));
        return Optional.empty();
      }
      times[row] = time.get();
      places.put(times[row], 0);
    }
    int place = 0;
    for (Map.Entry<Double, Integer> each : places.entrySet()) {
      each.setValue(place++);
    }
    int[] codes = new int[times.length];
    for (int row = 0; row < codes.length; row++) {
      codes[row] = places.getOrDefault(times[row], 0);
    }
    return Optional.of(codes);
  }

  /** The cell as a number that grows with time. */
  private static Optional<Double> time(Object cell) {
    if (cell instanceof Number number) {
      return Optional.of(number.doubleValue());
    }
    if (cell instanceof Timestamp time) {
      return Optional.of(seconds(time.toInstant()));
    }
    if (cell instanceof Instant time) {
      return Optional.of(seconds(time));
    }
    if (cell instanceof LocalDateTime time) {
      return Optional.of(seconds(time.toInstant(ZoneOffset.UTC)));
    }
    if (cell instanceof Date date) {
      return Optional.of((double) date.toLocalDate().toEpochDay());
    }
    if (cell instanceof LocalDate date) {
      return Optional.of((double) date.toEpochDay());
    }
    return cell instanceof String text && Cells.isNumber(text)
        ? Optional.of(Double.parseDouble(text))
        : Optional.empty();
  }

  private static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() * 1e-9;
  }
}
