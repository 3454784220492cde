package org.fettle.search.study;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.RandomAccess;

/**
 * The reports of one trial: a list in the order of arrival that also knows each fold's reports by
 * step, so that one is found without a search through all of them. Immutable.
 */
final class ReportList extends AbstractList<Report> implements RandomAccess {

  private static final Report[] NONE = new Report[0];
  private static final ReportList EMPTY = new ReportList(NONE, new Report[0][]);

  private final Report[] arrived;
  // A row for each fold that has reports, by fold; in it by step, equal steps as they came.
  private final Report[][] folds;

  private ReportList(Report[] arrived, Report[][] folds) {
    this.arrived = arrived;
    this.folds = folds;
  }

  static ReportList of(List<Report> reports) {
    if (reports instanceof ReportList list) {
      return list;
    }
    if (reports.isEmpty()) {
      return EMPTY;
    }
    Report[] arrived = List.copyOf(reports).toArray(NONE);
    Report[] sorted = arrived.clone();
    Arrays.sort(sorted, Comparator.comparingInt(Report::fold).thenComparingInt(Report::step));
    Report[][] folds =
        new Report[(int) reports.stream().mapToInt(Report::fold).distinct().count()][];
    int from = 0;
    for (int row = 0; row < folds.length; row++) {
      int to = from;
      while (to < sorted.length && sorted[to].fold() == sorted[from].fold()) {
        to++;
      }
      folds[row] = Arrays.copyOfRange(sorted, from, to);
      from = to;
    }
    return new ReportList(arrived, folds);
  }

  ReportList plus(Report report) {
    int row = row(report.fold());
    Report[][] rows =
        row >= 0 ? folds.clone() : inserted(folds, new Report[folds.length + 1][], -row - 1, NONE);
    int place = row >= 0 ? row : -row - 1;
    Report[] steps = rows[place];
    int at = steps.length;
    while (at > 0 && steps[at - 1].step() > report.step()) {
      at--;
    }
    rows[place] = inserted(steps, new Report[steps.length + 1], at, report);
    Report[] more = Arrays.copyOf(arrived, arrived.length + 1);
    more[arrived.length] = report;
    return new ReportList(more, rows);
  }

  private static <T> T[] inserted(T[] from, T[] to, int place, T element) {
    System.arraycopy(from, 0, to, 0, place);
    to[place] = element;
    System.arraycopy(from, place, to, place + 1, from.length - place);
    return to;
  }

  /** The reports of a fold by step. */
  List<Report> fold(int fold) {
    int row = row(fold);
    return row < 0 ? List.of() : Collections.unmodifiableList(Arrays.asList(folds[row]));
  }

  int lastStep() {
    int last = 0;
    for (Report[] steps : folds) {
      last = Math.max(last, steps[steps.length - 1].step());
    }
    return last;
  }

  boolean has(int fold, int step) {
    int row = row(fold);
    if (row < 0) {
      return false;
    }
    int low = 0;
    int high = folds[row].length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = folds[row][middle].step();
      if (found == step) {
        return true;
      }
      low = found < step ? middle + 1 : low;
      high = found < step ? high : middle - 1;
    }
    return false;
  }

  /** Where the fold's row is, or -1 less where it would be. */
  private int row(int fold) {
    int row = 0;
    while (row < folds.length && folds[row][0].fold() < fold) {
      row++;
    }
    return row < folds.length && folds[row][0].fold() == fold ? row : -row - 1;
  }

  @Override
  public Report get(int index) {
    return arrived[index];
  }

  @Override
  public int size() {
    return arrived.length;
  }
}
