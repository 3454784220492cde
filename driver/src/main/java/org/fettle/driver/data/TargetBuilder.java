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
import org.fettle.executor.data.Cells;
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
    String text = cell == null ? "" : Cells.text(cell).trim();
    if (Cells.MISSING.contains(text)) {
      missing++;
      firstMissing = missing == 1 ? cells.size() + 1 : firstMissing;
    }
    cells.add(text);
  }

  /** Whether the task can be learnt; adds what is wrong to the problems if not. */
  boolean check() {
    String name = spec.target().orElse("the label");
    if (missing > 0) {
      return refuse(
          "must have a value in every row, but %s lacks %d of %d, the first in row %d"
              .formatted(name, missing, cells.size(), firstMissing));
    }
    return spec.task() == DataSpec.LearningTask.CLASSIFICATION
        ? checkClasses(name)
        : checkNumbers(name);
  }

  private boolean refuse(String rule) {
    problems.add(spec.target().isPresent() ? "data.target" : "data.source", rule);
    return false;
  }

  private boolean checkClasses(String name) {
    List<String> labels = labels();
    if (labels.size() < 2) {
      return refuse("must have two classes or more, but " + name + " is always " + labels.get(0));
    }
    Optional<String> positive = spec.positive();
    if (positive.isPresent() && (labels.size() != 2 || !labels.contains(positive.get()))) {
      problems.add(
          "data.positive",
          positive.get(),
          labels.size() == 2
              ? "must be one of the classes " + labels
              : "must be left out, since %s has %d classes".formatted(name, labels.size()));
      return false;
    }
    if (labels.size() > Math.max(2, cells.size() / 2)) {
      return refuse(
          ("must have classes of several rows, but %s has %d different values in %d rows:"
                  + " for a number to be predicted, set data.task to regression")
              .formatted(name, labels.size(), cells.size()));
    }
    return true;
  }

  private boolean checkNumbers(String name) {
    for (int row = 0; row < cells.size(); row++) {
      String cell = cells.get(row);
      if (!Cells.isNumber(cell) || Float.isInfinite(Float.parseFloat(cell))) {
        return refuse(
            ("must be a number in every row, but %s is %s in row %d:"
                    + " for classes, set data.task to classification")
                .formatted(name, cell, row + 1));
      }
    }
    if (cells.size() > 1
        && cells.stream().mapToDouble(Double::parseDouble).distinct().count() == 1) {
      return refuse("must vary, but " + name + " is always " + cells.get(0));
    }
    return true;
  }

  /** The classes in order; of two the positive one is the second, wherever metrics ask for it. */
  private List<String> labels() {
    List<String> labels = Labels.sorted(new LinkedHashSet<>(cells));
    boolean turned = labels.size() == 2 && spec.positive().equals(Optional.of(labels.get(0)));
    return turned ? List.of(labels.get(1), labels.get(0)) : labels;
  }

  /** The table with these features, if nothing is wrong. */
  Table build(List<Column> columns) {
    float[] targets = new float[cells.size()];
    if (spec.task() == DataSpec.LearningTask.REGRESSION) {
      for (int row = 0; row < targets.length; row++) {
        targets[row] = Float.parseFloat(cells.get(row));
      }
      return Table.regression(columns, targets);
    }
    List<String> labels = labels();
    Map<String, Integer> index = new HashMap<>();
    labels.forEach(label -> index.put(label, index.size()));
    for (int row = 0; row < targets.length; row++) {
      targets[row] = requireNonNull(index.get(cells.get(row)));
    }
    return Table.classification(columns, labels, targets);
  }
}
