package org.fettle.driver.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobSpec;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.metric.Metrics;
import org.fettle.optimizers.metric.PredictionMetric;
import org.fettle.optimizers.network.FileTemplateProvider;
import org.fettle.optimizers.training.EarlyStopping;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.Goal;
import org.fettle.search.study.Trial;

/** The runs of a job's trials: a network on each fold, or the user's objective once. */
public final class JobPlan implements TrialPlan {

  private final JobSpec job;

  /** Unique to this study and this driver, so that an executor never mixes up two tables. */
  private final String cacheKey;

  private final int runs;

  /**
   * The plan of a job.
   *
   * @param runs how many runs a trial has: the folds of the data, or one of a user's objective
   */
  public JobPlan(JobSpec job, String cacheKey, int runs) {
    this.job = job;
    this.cacheKey = cacheKey;
    this.runs = runs;
  }

  @Override
  public int runsPerTrial() {
    return runs;
  }

  @Override
  public List<TrialTask> runs(int trial, Assignment assignment) {
    Map<String, Map<String, Object>> resolved = job.resolve(assignment);
    if (job.evaluation() instanceof Evaluation.Network network) {
      Work.Network work = work(network, resolved, job.goals());
      List<String> followed = job.goals().stream().map(Goal::metric).toList();
      // Pruners compare trials at equal epochs.
      Work.Pace pace = job.pruner().isPresent() ? Work.Pace.EVERY_EPOCH : Work.Pace.SAMPLED;
      return IntStream.range(0, runs)
          .mapToObj(
              fold ->
                  task(
                      trial,
                      "run/" + fold,
                      new Work.Train(work, fold, job.askedMetrics(), followed, pace)))
          .toList();
    }
    if (job.evaluation() instanceof Evaluation.Custom custom) {
      Map<String, Object> parameters = resolved.getOrDefault("parameters", Map.of());
      return List.of(task(trial, "run/0", new Work.Evaluate(custom.objective(), parameters)));
    }
    throw new AssertionError(job.evaluation());
  }

  /**
   * The run that trains a trial's assignment on all rows but the test rows: where its folds stopped
   * early, for as many epochs as the median of those that were their best.
   */
  public TrialTask refit(Evaluation.Network network, Trial trial) {
    Work.Network work = work(network, job.resolve(trial.assignment()), job.goals());
    double[] best =
        trial.folds().values().stream()
            .filter(fold -> fold.has(TaskResult.BEST_EPOCH))
            .mapToDouble(fold -> fold.value(TaskResult.BEST_EPOCH))
            .sorted()
            .toArray();
    int epochs =
        best.length == 0
            ? Integer.MAX_VALUE
            : (int) Math.round((best[(best.length - 1) / 2] + best[best.length / 2]) / 2);
    return task(trial.number(), "refit", new Work.Refit(work, epochs, job.askedMetrics()));
  }

  /** The network that an assignment stands for; early stopping watches the first goal. */
  static Work.Network work(
      Evaluation.Network network, Map<String, Map<String, Object>> resolved, List<Goal> goals) {
    Map<String, Object> model = new LinkedHashMap<>(resolved.getOrDefault("model", Map.of()));
    String template = String.valueOf(model.remove("template"));
    network.modelFile().ifPresent(content -> model.put(FileTemplateProvider.FILE, content));
    Map<String, Object> training = new LinkedHashMap<>(resolved.getOrDefault("training", Map.of()));
    training.computeIfPresent("early-stopping", (key, rule) -> watching(rule, goals.get(0)));
    return new Work.Network(
        network.engine().name(), network.engine().settings(), template, model, training);
  }

  private static Object watching(Object rule, Goal goal) {
    if (!(rule instanceof Map<?, ?> settings) || "none".equals(settings.get("type"))) {
      return rule;
    }
    Map<Object, Object> watching = new LinkedHashMap<>(settings);
    boolean ofPredictions =
        Metrics.find(goal.metric()).filter(PredictionMetric.class::isInstance).isPresent();
    watching.putIfAbsent("metric", ofPredictions ? goal.metric() : EarlyStopping.LOSS);
    return watching;
  }

  private TrialTask task(int trial, String purpose, Work work) {
    return new TrialTask(cacheKey, trial, Seeds.derive(job.seed(), trial, purpose), work);
  }
}
