package org.fettle.driver.report;

import java.util.Arrays;
import org.fettle.executor.data.Folds;

/**
 * Folds as CSV with a header: for each row of the data, from 1, the runs that it validates, from 0,
 * with spaces between them, or {@code test} for a row that no trial sees. Nothing stands for a row
 * that validates none.
 */
public final class FoldsCsv {

  private FoldsCsv() {}

  /** The whole file. */
  public static String of(Folds folds) {
    StringBuilder[] validates = new StringBuilder[folds.rows()];
    Arrays.setAll(validates, row -> new StringBuilder());
    for (int fold = 0; fold < folds.count(); fold++) {
      for (int row : folds.validation(fold)) {
        validates[row].append(validates[row].isEmpty() ? "" : " ").append(fold);
      }
    }
    for (int row : folds.test()) {
      validates[row].append("test");
    }
    StringBuilder csv = new StringBuilder("row,validates\r\n");
    for (int row = 0; row < validates.length; row++) {
      csv.append(row + 1).append(',').append(validates[row]).append("\r\n");
    }
    return csv.toString();
  }
}
