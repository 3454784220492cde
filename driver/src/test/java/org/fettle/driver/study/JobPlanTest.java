package org.fettle.driver.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fettle.driver.job.Catalog;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobParser;
import org.fettle.driver.job.JobSpec;
import org.fettle.executor.task.Work;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Trial;
import org.junit.jupiter.api.Test;

class JobPlanTest {

  private static final String JOB =
      """
      study: plan
      data: {source: x.csv, target: y, task: classification}
      model: {template: linear}
      training: {epochs: 50, early-stopping: %s}
      goal: [{minimize: log-loss}, {maximize: accuracy}]
      """;

  private static JobSpec job(String stopping) {
    return new JobParser(Catalog.onClassPath())
        .parse(JOB.formatted(stopping), "job.yaml", Path.of("/jobs"), List.of())
        .job()
        .orElseThrow();
  }

  private static Work.Refit refit(JobSpec job, double... bestEpochs) {
    Trial trial = Trial.running(3, Assignment.of(), "random");
    for (int fold = 0; fold < bestEpochs.length; fold++) {
      trial = trial.withFold(fold, Measurement.of("best-epoch", bestEpochs[fold]));
    }
    JobPlan plan = new JobPlan(job, "plan", 5);
    return (Work.Refit) plan.refit((Evaluation.Network) job.evaluation(), trial).work();
  }

  @Test
  void refitsForTheMedianOfTheBestEpochs() {
    JobSpec job = job("holdout");
    assertThat(refit(job, 7, 40, 3).epochs()).isEqualTo(7);
    assertThat(refit(job, 7, 40, 3, 10).epochs()).isEqualTo(9);
    assertThat(refit(job, 5).epochs()).isEqualTo(5);
  }

  @Test
  void refitsForAllEpochsWithoutEarlyStopping() {
    assertThat(refit(job("none")).epochs()).isGreaterThanOrEqualTo(50);
  }

  private static Object stopping(String written) {
    JobPlan plan = new JobPlan(job(written), "plan", 5);
    Work.Train run = (Work.Train) plan.runs(0, Assignment.of()).get(0).work();
    return run.network().training().get("early-stopping");
  }

  @Test
  void earlyStoppingWatchesTheFirstGoalUnlessItSaysOtherwise() {
    assertThat(stopping("holdout"))
        .isEqualTo(
            Map.of(
                "type",
                "holdout",
                "part",
                0.1,
                "metric",
                "log-loss",
                "patience",
                10L,
                "min-delta",
                0.0));
    assertThat(stopping("{type: validation, metric: loss}"))
        .isEqualTo(
            Map.of("type", "validation", "metric", "loss", "patience", 10L, "min-delta", 0.0));
    assertThat(stopping("none")).isEqualTo(Map.of("type", "none"));
  }
}
