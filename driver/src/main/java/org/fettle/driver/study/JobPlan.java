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

/** The runs of a job's trials: a network on each fold, or the user's objective once. */
public final class JobPlan implements TrialPlan {

  private final JobSpec job;

  /** Unique to this study and this driver, so that an executor never mixes up two tables. */
  private final String cacheKey;

  public JobPlan(JobSpec job, String cacheKey) {
    this.job = job;
    this.cacheKey = cacheKey;
  }

  @Override
  public int runsPerTrial() {
    return job.evaluation() instanceof Evaluation.Network network
        ? network.validation().folds()
        : 1;
  }

  @Override
  public List<TrialTask> runs(int trial, Assignment assignment) {
    Map<String, Map<String, Object>> resolved = job.resolve(assignment);
    if (job.evaluation() instanceof Evaluation.Network network) {
      Work.Network work = work(network, resolved);
      return IntStream.range(0, network.validation().folds())
          .mapToObj(
              fold ->
                  task(
                      trial,
                      "run/" + fold,
                      new Work.Train(work, fold, job.askedMetrics(), job.reportedMetrics())))
          .toList();
    }
    if (job.evaluation() instanceof Evaluation.Custom custom) {
      Map<String, Object> parameters = resolved.getOrDefault("parameters", Map.of());
      return List.of(task(trial, "run/0", new Work.Evaluate(custom.objective(), parameters)));
    }
    throw new AssertionError(job.evaluation());
  }

  /** The run that trains the best assignment on all rows. */
  public TrialTask refit(Evaluation.Network network, int trial, Assignment assignment) {
    return task(trial, "refit", new Work.Refit(work(network, job.resolve(assignment))));
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
