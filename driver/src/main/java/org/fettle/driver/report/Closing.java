package org.fettle.driver.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.study.Replay;
import org.fettle.driver.study.Score;
import org.fettle.search.study.Goal;
import org.fettle.search.study.Trial;

/** What is said last of a study: its best trial to be used, and what follows from the study. */
public final class Closing {

  private Closing() {}

  /**
   * The best trial's scores by fold, what mattered, what to try next, and the best assignment as a
   * part of a job file.
   */
  public static String of(JobSpec job, Replay study, Trial best) {
    StringBuilder text = new StringBuilder();
    List<String> folds = folds(study, best);
    if (!folds.isEmpty()) {
      text.append("\nIts folds\n");
      folds.forEach(line -> text.append("  ").append(line).append("\n"));
    }
    text.append(Explanation.brief(study));
    if (job.space().contains(best.assignment()) && !job.space().parameters().isEmpty()) {
      text.append("\n# The best trial, to be put into a job file in place of what was searched\n");
      text.append(job.fragment(best.assignment()));
    }
    return text.toString();
  }

  private static List<String> folds(Replay study, Trial best) {
    List<String> lines = new ArrayList<>();
    Map<String, Score> scores = Score.of(best);
    for (Goal goal : study.history().spec().goals()) {
      Score score = scores.get(goal.metric());
      if (score != null && score.folds().size() > 1) {
        lines.add(
            goal.metric()
                + ": "
                + score.folds().stream().map(Numbers::number).collect(Collectors.joining(", ")));
      }
    }
    return lines;
  }
}
