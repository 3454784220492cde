package org.fettle.driver.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.suggest.pbt.PbtSuggester;

/**
 * What population based training makes of a job: a trial is one generation, and what a state of a
 * network's training depends on stays as it is in the parent.
 */
public final class PopulationSpec {

  /** What a network's training cannot change under way: its state is of these. */
  private static final List<String> HELD =
      List.of(
          "training.averaging-frequency",
          "training.batch-size",
          "training.loss",
          "training.replicas",
          "training.updater");

  private static final String EPOCHS = "training.epochs";
  private static final String EARLY_STOPPING = "training.early-stopping";

  private final JobSpec job;

  private PopulationSpec(JobSpec job) {
    this.job = job;
  }

  /** Empty where the job is searched otherwise. */
  public static Optional<PopulationSpec> of(JobSpec job) {
    return job.search().suggester().name().equals(PbtSuggester.NAME)
        ? Optional.of(new PopulationSpec(job))
        : Optional.empty();
  }

  /** The settings of the suggester, with the parameters that it must hold. */
  public Map<String, Object> suggesterSettings() {
    Map<String, Object> settings = new LinkedHashMap<>(job.search().suggester().settings());
    List<Object> hold = new ArrayList<>(given());
    hold.addAll(held());
    settings.put("hold", hold);
    return settings;
  }

  private List<?> given() {
    return (List<?>) job.search().suggester().settings().getOrDefault("hold", List.of());
  }

  private List<String> held() {
    return job.evaluation() instanceof Evaluation.Network
        ? job.space().parameters().stream()
            .map(Parameter::name)
            .filter(name -> !name.startsWith("training.") || HELD.contains(name))
            .toList()
        : List.of();
  }

  /**
   * The epoch after which a trial ends.
   *
   * @param generation from 1
   * @param epochs of the whole training
   */
  public static int until(int generation, int generations, int epochs) {
    return Math.toIntExact(Math.max(1, Math.round((double) epochs * generation / generations)));
  }

  /** The epoch after which a trial of this job ends; of all generations the last epoch. */
  public int until(int generation, int epochs) {
    return until(generation, generations(), epochs);
  }

  private int generations() {
    return ((Number) job.search().suggester().settings().getOrDefault("generations", 0)).intValue();
  }

  /** Adds what the job says that population based training cannot do. */
  void check(Problems problems) {
    if (job.pruner().isPresent()) {
      problems.add("pruning.pruner", "must be left out beside pbt, which replaces what is behind");
    }
    if (!job.search().warmStart().isEmpty()) {
      problems.add("search.warm-start", "must be left out beside pbt");
    }
    SearchSpace space = job.space();
    if (job.evaluation() instanceof Evaluation.Network) {
      checkTraining(space, problems);
    }
    List<String> changeable =
        space.parameters().stream()
            .map(Parameter::name)
            .filter(name -> !held().contains(name))
            .filter(name -> given().stream().noneMatch(name::equals))
            .toList();
    if (changeable.isEmpty() && !space.parameters().isEmpty()) {
      problems.add(
          "search.suggester",
          PbtSuggester.NAME,
          "must have a parameter that can change under way; of networks these are those of"
              + " training but the kind of updater and loss, batch-size and replicas");
    }
  }

  private void checkTraining(SearchSpace space, Problems problems) {
    Assignment some = space.defaults();
    Map<String, Object> training = job.resolve(some).getOrDefault("training", Map.of());
    boolean stops =
        space.parameter(EARLY_STOPPING).isPresent()
            || (training.get("early-stopping") instanceof Map<?, ?> rule
                && !"none".equals(rule.get("type")));
    if (stops) {
      problems.add(EARLY_STOPPING, "must be none beside pbt, whose trials end by generations");
    }
    if (space.parameter(EPOCHS).isPresent()) {
      problems.add(EPOCHS, "must be a number beside pbt, whose members train equally long");
    } else if (training.get("epochs") instanceof Number epochs
        && epochs.intValue() < generations()) {
      problems.add(
          EPOCHS, epochs, "must be at least the generations of pbt, which are " + generations());
    }
  }
}
