package org.fettle.driver.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.Goal;

/** What the final model does on the test rows, which no trial saw. */
public final class TestResult {

  private TestResult() {}

  /** {@code scores} and {@code confusion}, where there are test rows. */
  public static Optional<Map<String, Object>> of(TaskResult.Refitted refitted) {
    if (refitted.test().values().isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("scores", refitted.test().values());
    if (!refitted.confusion().isEmpty()) {
      json.put("confusion", refitted.confusion());
    }
    return Optional.of(json);
  }

  /** A line for people about the goals' metrics; empty where there are no test rows. */
  public static String line(TaskResult.Refitted refitted, List<Goal> goals) {
    String scores =
        goals.stream()
            .map(Goal::metric)
            .filter(refitted.test()::has)
            .map(metric -> metric + " " + Numbers.number(refitted.test().value(metric)))
            .collect(Collectors.joining(", "));
    return scores.isEmpty() ? "" : "\nOn the test rows, which no trial saw: " + scores + "\n";
  }
}
