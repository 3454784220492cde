package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.SearchSpace;

/** How a trial comes to its scores. */
public sealed interface Evaluation {

  /** The parts that hold search domains, by their keys in the job file. */
  Map<String, Tunable> tunables();

  Map<String, Object> canonical();

  /** The parameters of the search domains, named by their paths. */
  default SearchSpace space() {
    List<Parameter> parameters =
        tunables().values().stream().flatMap(each -> each.parameters().stream()).toList();
    return new SearchSpace(parameters, List.of());
  }

  /** Trains a network on data. */
  record Network(
      DataSpec data, Tunable model, Tunable training, Component engine, ValidationSpec validation)
      implements Evaluation {

    /** In the place of an engine's name: the one that suits the job. */
    public static final String AUTO = "auto";

    public Network {
      requireNonNull(data, "data is null");
      requireNonNull(model, "model is null");
      requireNonNull(training, "training is null");
      requireNonNull(engine, "engine is null");
      requireNonNull(validation, "validation is null");
    }

    @Override
    public Map<String, Tunable> tunables() {
      Map<String, Tunable> tunables = new LinkedHashMap<>();
      tunables.put("model", model);
      tunables.put("training", training);
      return tunables;
    }

    @Override
    public Map<String, Object> canonical() {
      Map<String, Object> canonical = new LinkedHashMap<>();
      canonical.put("data", data.canonical());
      canonical.put("model", model.canonical());
      canonical.put("training", training.canonical());
      canonical.put("engine", engine.canonical());
      canonical.put("validation", validation.canonical());
      return canonical;
    }
  }

  /**
   * Calls a user's class.
   *
   * @param objective the name of the class
   */
  record Custom(String objective, Tunable parameters) implements Evaluation {

    public Custom {
      requireNonNull(objective, "objective is null");
      requireNonNull(parameters, "parameters are null");
    }

    @Override
    public Map<String, Tunable> tunables() {
      return Map.of("parameters", parameters);
    }

    @Override
    public Map<String, Object> canonical() {
      Map<String, Object> canonical = new LinkedHashMap<>();
      canonical.put("objective", objective);
      canonical.put("parameters", parameters.canonical());
      return canonical;
    }
  }
}
