package org.fettle.driver.study;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.fettle.driver.job.CheckpointSpec;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.PopulationSpec;
import org.fettle.executor.task.Checkpointing;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.metric.Metrics;
import org.fettle.optimizers.metric.PredictionMetric;
import org.fettle.optimizers.network.FileTemplateProvider;
import org.fettle.optimizers.training.EarlyStopping;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Lineage;
import org.fettle.search.study.Trial;

/** The runs of a job's trials: a network on each fold, or the user's objective once. */
public final class JobPlan implements TrialPlan {

  private final JobSpec job;

  /** Unique to this study and this driver, so that an executor never mixes up two tables. */
  private final String cacheKey;

  private final int runs;
  private final String checkpoints;
  private final Fusion fusion;

  /**
   * The plan of a job.
   *
   * @param runs how many runs a trial has: the folds of the data, or one of a user's objective
   * @param checkpoints URI of the folder for the runs' checkpoints
   */
  public JobPlan(JobSpec job, String cacheKey, int runs, String checkpoints, Fusion fusion) {
    this.fusion = fusion;
    this.checkpoints = checkpoints;
    this.job = job;
    this.cacheKey = cacheKey;
    this.runs = runs;
  }

  @Override
  public int runsPerTrial() {
    return runs;
  }

  @Override
  public List<TrialTask> runs(Trial trial) {
    Map<String, Map<String, Object>> resolved = job.resolve(trial.assignment());
    if (job.evaluation() instanceof Evaluation.Network network) {
      Work.Network work = work(network, resolved, job.goals());
      List<String> followed = job.goals().stream().map(Goal::metric).toList();
      // Pruners compare trials at equal epochs.
      Work.Pace pace = job.pruner().isPresent() ? Work.Pace.EVERY_EPOCH : Work.Pace.SAMPLED;
      OptionalInt until = until(trial, work);
      return IntStream.range(0, runs)
          .mapToObj(
              fold ->
                  task(
                      trial,
                      fold,
                      new Work.Train(work, fold, job.askedMetrics(), followed, pace, until)))
          .toList();
    }
    if (job.evaluation() instanceof Evaluation.Custom custom) {
      Map<String, Object> parameters = resolved.getOrDefault("parameters", Map.of());
      return List.of(task(trial, 0, new Work.Evaluate(custom.objective(), parameters)));
    }
    throw new AssertionError(job.evaluation());
  }

  @Override
  public Optional<String> fusion(Trial trial) {
    return job.evaluation() instanceof Evaluation.Network network
        ? fusion.name(work(network, job.resolve(trial.assignment()), job.goals()))
        : Optional.empty();
  }

  @Override
  public int mostTogether() {
    return fusion.most();
  }

  @Override
  public int mostOfSeveralTrials() {
    return fusion.mostOfSeveralTrials();
  }

  /** Where a generation of a population ends. */
  private OptionalInt until(Trial trial, Work.Network work) {
    int generation = trial.lineage().map(Lineage::generation).orElse(1);
    int epochs = ((Number) requireNonNull(work.training().get("epochs"))).intValue();
    return PopulationSpec.of(job)
        .map(population -> OptionalInt.of(population.until(generation, epochs)))
        .orElse(OptionalInt.empty());
  }

  /**
   * The run that trains a trial's assignment on all rows but the test rows: where its folds stopped
   * early, for as many epochs as the median of those that were their best; where it went on from
   * others, with their assignments before its own.
   */
  public TrialTask refit(Evaluation.Network network, History history, Trial trial) {
    Work.Network work = work(network, job.resolve(trial.assignment()), job.goals());
    double[] best =
        trial.folds().values().stream()
            .filter(fold -> fold.has(TaskResult.BEST_EPOCH))
            .mapToDouble(fold -> fold.value(TaskResult.BEST_EPOCH))
            .sorted()
            .toArray();
    int epochs =
        best.length == 0
            ? until(trial, work).orElse(Integer.MAX_VALUE)
            : (int) Math.round((best[(best.length - 1) / 2] + best[best.length / 2]) / 2);
    Deque<Work.Stage> before = new ArrayDeque<>();
    Optional<Lineage> lineage = trial.lineage();
    while (lineage.isPresent()) {
      Trial parent = history.trial(lineage.get().parent());
      Work.Network earlier = work(network, job.resolve(parent.assignment()), job.goals());
      before.addFirst(new Work.Stage(earlier, until(parent, earlier).orElseThrow()));
      lineage = parent.lineage();
    }
    return new TrialTask(
        cacheKey,
        trial.number(),
        Seeds.derive(job.seed(), trial.number(), "refit"),
        new Work.Refit(work, List.copyOf(before), epochs, job.askedMetrics()),
        Optional.of(checkpointing("refit", Optional.empty())));
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

  private TrialTask task(Trial trial, int fold, Work work) {
    Optional<String> parent = trial.lineage().map(lineage -> folder(lineage.parent() + "/" + fold));
    return new TrialTask(
        cacheKey,
        trial.number(),
        Seeds.derive(job.seed(), trial.number(), "run/" + fold),
        work,
        Optional.of(checkpointing(trial.number() + "/" + fold, parent)));
  }

  private Checkpointing checkpointing(String run, Optional<String> parent) {
    CheckpointSpec how = job.checkpoint();
    return new Checkpointing(
        folder(run), how.everyEpochs().orElse(0), 60 * how.everyMinutes(), how.keep(), parent);
  }

  private String folder(String run) {
    return checkpoints + "/" + run;
  }
}
