package org.fettle.driver.data;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.driver.job.DataSpec;
import org.fettle.driver.job.Problems;
import org.fettle.executor.data.Column;
import org.fettle.executor.data.Table;
import org.jspecify.annotations.Nullable;

/** Gathers the target, row by row, and checks that the task can be learnt from it. */
final class TargetBuilder {

  private final DataSpec spec;
  private final Problems problems;
  private final List<String> cells = new ArrayList<>();
  private int missing;
  private int firstMissing;

  TargetBuilder(DataSpec spec, Problems problems) {
    this.spec = spec;
    this.problems = problems;
  }

  void add(@Nullable Object cell) {
    String text = cell == null ? "" : Labels.text(cell).trim();
    if (ColumnBuilder.MISSING.contains(text)) {
      missing++;
      firstMissing = missing == 1 ? cells.size() + 1 : firstMissing;
    }
    cells.add(text);
  }

  /** Returns the table with these features, or nothing after saying what is wrong. */
  Optional<Table> build(List<Column> columns) {
    String name = spec.target().orElse("the label");
    if (missing > 0) {
      problems.add(
          place(),
          name,
          "must have a value in every row, but lacks %d of %d, the first in row %d"
              .formatted(missing, cells.size(), firstMissing));
      return Optional.empty();
    }
    boolean classes = spec.task() == DataSpec.LearningTask.CLASSIFICATION;
    return classes ? classification(name, columns) : regression(name, columns);
  }

  private String place() {
    return spec.target().isPresent() ? "data.target" : "data.source";
  }

  private Optional<Table> classification(String name, List<Column> columns) {
    List<String> labels = Labels.sorted(new LinkedHashSet<>(cells));
    if (labels.size() < 2) {
      problems.add(place(), name, "must have two classes or more, but has only " + labels);
      return Optional.empty();
    }
    if (labels.size() > Math.max(2, cells.size() / 2)) {
      problems.add(
          place(),
          name,
          "must have classes of several rows, but has %d different values in %d rows"
              .formatted(labels.size(), cells.size()),
          "for a number to be predicted, set data.task to regression");
      return Optional.empty();
    }
    Map<String, Integer> index = new HashMap<>();
    labels.forEach(label -> index.put(label, index.size()));
    float[] targets = new float[cells.size()];
    for (int row = 0; row < targets.length; row++) {
      targets[row] = requireNonNull(index.get(cells.get(row)));
    }
    return Optional.of(Table.classification(columns, labels, targets));
  }

  private Optional<Table> regression(String name, List<Column> columns) {
    float[] targets = new float[cells.size()];
    for (int row = 0; row < targets.length; row++) {
      String cell = cells.get(row);
      if (!Labels.isNumber(cell) || !Float.isFinite(Float.parseFloat(cell))) {
        problems.add(
            place(),
            name,
            "must be a finite number in every row, but is %s in row %d".formatted(cell, row + 1),
            "for classes, set data.task to classification");
        return Optional.empty();
      }
      targets[row] = Float.parseFloat(cell);
    }
    return Optional.of(Table.regression(columns, targets));
  }
}
