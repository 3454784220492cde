package org.fettle.driver.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.fettle.driver.job.Catalog;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobParser;
import org.fettle.driver.job.JobSpec;
import org.fettle.executor.task.Checkpointing;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Trial;
import org.fettle.search.suggest.Suggestion;
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
    JobPlan plan = new JobPlan(job, "plan", 5, "file:/checkpoints", Fusion.NONE);
    History history = History.empty(job.studySpec(1));
    return (Work.Refit) plan.refit((Evaluation.Network) job.evaluation(), history, trial).work();
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

  private static final String POPULATION =
      """
      study: plan
      data: {source: iris.csv, target: species, task: classification}
      model: {template: mlp, hidden: [{int: [2, 9]}]}
      training:
        epochs: 25
        batch-size: {choice: [8, 16]}
        updater:
          choice:
            - {type: adam, learning-rate: {float: [1.0e-4, 1.0e-1], log: true}}
            - {type: sgd, learning-rate: {float: [1.0e-3, 1.0], log: true}}
      goal: {maximize: accuracy}
      search: {suggester: {type: pbt, population: 4, generations: 10}}
      checkpoint: {every-epochs: 3, every-minutes: 0, keep: 5}
      """;

  @Test
  void aGenerationGoesOnFromItsParentAndTheRefitRepeatsThemAll() {
    JobSpec job =
        new JobParser(Catalog.onClassPath())
            .parse(POPULATION, "job.yaml", Path.of("/jobs"), List.of())
            .job()
            .orElseThrow();
    JobPlan plan = new JobPlan(job, "plan", 2, "hdfs:/s/checkpoints", Fusion.NONE);
    Search search = Search.of(job, List.of());
    History history = History.empty(job.studySpec(1));
    while (history.size() < 12) {
      List<Suggestion> next = search.suggester().suggest(history, 1);
      history = next.get(0).startedIn(history);
      int number = history.size() - 1;
      Measurement score = Measurement.of("accuracy", number % 4 * 0.1);
      history = history.ended(number, new Outcome.Completed(score));
    }
    Trial child = history.trial(8);
    Trial parent = history.trial(child.lineage().orElseThrow().parent());
    Trial founder = history.trial(parent.lineage().orElseThrow().parent());

    List<TrialTask> runs = plan.runs(child);

    assertThat(runs)
        .extracting(run -> ((Work.Train) run.work()).until())
        .containsOnly(OptionalInt.of(8));
    assertThat(runs)
        .extracting(run -> run.checkpointing().orElseThrow())
        .containsExactly(
            new Checkpointing(
                "hdfs:/s/checkpoints/8/0",
                3,
                0,
                5,
                Optional.of("hdfs:/s/checkpoints/" + parent.number() + "/0")),
            new Checkpointing(
                "hdfs:/s/checkpoints/8/1",
                3,
                0,
                5,
                Optional.of("hdfs:/s/checkpoints/" + parent.number() + "/1")));
    Work.Refit refit =
        (Work.Refit) plan.refit((Evaluation.Network) job.evaluation(), history, child).work();
    assertThat(refit.before()).extracting(Work.Stage::until).containsExactly(3, 5);
    assertThat(refit.epochs()).isEqualTo(8);
    assertThat(refit.before().get(0).network())
        .isEqualTo(((Work.Train) plan.runs(founder).get(0).work()).network());
    // What the state is of stays with the parent's.
    History all = history;
    for (Trial trial : all.trials()) {
      trial
          .lineage()
          .ifPresent(
              lineage -> {
                Assignment of = trial.assignment();
                Assignment from = all.trial(lineage.parent()).assignment();
                for (String held :
                    List.of("model.hidden[0]", "training.batch-size", "training.updater")) {
                  assertThat(of.value(held)).isEqualTo(from.value(held));
                }
              });
    }
  }

  private static Object stopping(String written) {
    JobPlan plan = new JobPlan(job(written), "plan", 5, "file:/checkpoints", Fusion.NONE);
    Trial trial = Trial.running(0, Assignment.of(), "random");
    Work.Train run = (Work.Train) plan.runs(trial).get(0).work();
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
