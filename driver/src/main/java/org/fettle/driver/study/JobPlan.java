package org.fettle.driver.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobSpec;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.Goal;

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
      Work.Network work = work(network, resolved);
      List<String> followed = job.goals().stream().map(Goal::metric).toList();
      return IntStream.range(0, runs)
          .mapToObj(
              fold ->
                  task(
                      trial,
                      "run/" + fold,
                      new Work.Train(work, fold, job.askedMetrics(), followed)))
          .toList();
    }
    if (job.evaluation() instanceof Evaluation.Custom custom) {
      Map<String, Object> parameters = resolved.getOrDefault("parameters", Map.of());
      return List.of(task(trial, "run/0", new Work.Evaluate(custom.objective(), parameters)));
    }
    throw new AssertionError(job.evaluation());
  }

  /** The run that trains the best assignment on all rows but the test rows. */
  public TrialTask refit(Evaluation.Network network, int trial, Assignment assignment) {
    Work.Network work = work(network, job.resolve(assignment));
    return task(trial, "refit", new Work.Refit(work, job.askedMetrics()));
  }

  /** The network that an assignment stands for. */
  static Work.Network work(Evaluation.Network network, Map<String, Map<String, Object>> resolved) {
    Map<String, Object> model = new LinkedHashMap<>(resolved.getOrDefault("model", Map.of()));
    String template = String.valueOf(model.remove("template"));
    return new Work.Network(
        network.engine().name(),
        network.engine().settings(),
        template,
        model,
        resolved.getOrDefault("training", Map.of()));
  }

  private TrialTask task(int trial, String purpose, Work work) {
    return new TrialTask(cacheKey, trial, Seeds.derive(job.seed(), trial, purpose), work);
  }
}
