package org.fettle.driver.report;

import java.util.Map;

/** How good predictions of rows with a known target are, for people. */
public final class PredictionScores {

  private PredictionScores() {}

  /**
   * A line for each metric.
   *
   * @param rows that were judged
   * @param left that were not, since their target is missing or unknown to the model
   */
  public static String text(Map<String, Double> scores, long rows, long left) {
    StringBuilder text = new StringBuilder("On the %d rows with a target:%n".formatted(rows));
    scores.forEach(
        (metric, value) -> text.append("  %s %s%n".formatted(metric, Numbers.number(value))));
    if (left > 0) {
      text.append(
          "Left out: %d %s without a target, or with a class that the model does not know%n"
              .formatted(left, left == 1 ? "row" : "rows"));
    }
    return text.toString();
  }
}
