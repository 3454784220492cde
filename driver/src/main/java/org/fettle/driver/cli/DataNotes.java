package org.fettle.driver.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import org.fettle.executor.data.Column;
import org.fettle.executor.data.Folds;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.data.Table;

/** What of a study's data is no error, but seldom meant. */
final class DataNotes {

  /** Names that a note has at most. */
  private static final int SHOWN = 5;

  private DataNotes() {}

  /** A line for each thing. */
  static List<String> of(StudyData data) {
    List<String> notes = new ArrayList<>();
    Table table = data.table();
    // Images and sequences often have such pixels and steps, which are scaled together.
    if (table.shape().isEmpty()) {
      add(
          "columns that are the same in every row",
          table.columns().stream().filter(DataNotes::isConstant).map(Column::name).toList(),
          notes);
    }
    if (table.labels().isEmpty()) {
      return List.copyOf(notes);
    }
    Folds folds = data.folds();
    add("classes that some run does not train on", missing(table, folds, folds::training), notes);
    add("classes that some run is not judged by", missing(table, folds, folds::validation), notes);
    return List.copyOf(notes);
  }

  private static void add(String what, List<String> names, List<String> notes) {
    if (!names.isEmpty()) {
      String more = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
      List<String> shown = names.subList(0, Math.min(SHOWN, names.size()));
      notes.add(what + ": " + String.join(", ", shown) + more);
    }
  }

  private static boolean isConstant(Column column) {
    if (column instanceof Column.Elsewhere) {
      return false; // Nobody has looked.
    }
    if (column instanceof Column.Numeric numeric) {
      double[] there = Arrays.stream(numeric.values()).filter(x -> !Double.isNaN(x)).toArray();
      return Arrays.stream(there).distinct().limit(2).count() < 2;
    }
    int[] codes = ((Column.Categorical) column).codes();
    return Arrays.stream(codes).distinct().limit(2).count() < 2;
  }

  /** Classes that some run has no row of. */
  private static List<String> missing(Table table, Folds folds, IntFunction<int[]> rowsOf) {
    BitSet missing = new BitSet();
    for (int fold = 0; fold < folds.count(); fold++) {
      BitSet there = new BitSet();
      for (int row : rowsOf.apply(fold)) {
        there.set((int) table.targets()[row]);
      }
      there.flip(0, table.labels().size());
      missing.or(there);
    }
    return missing.stream().mapToObj(table.labels()::get).toList();
  }
}
