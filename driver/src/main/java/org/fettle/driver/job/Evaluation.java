package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fettle.optimizers.network.FileTemplateProvider;
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

  /**
   * Trains a network on data.
   *
   * @param cluster empty where each run is one task
   * @param modelFile what the template made of the file that the model names, once that was read;
   *     it reaches tasks, and is no part of what the job says
   */
  record Network(
      DataSpec data,
      Tunable model,
      Tunable training,
      Component engine,
      Optional<ClusterPlacement> cluster,
      ValidationSpec validation,
      Optional<String> modelFile)
      implements Evaluation {

    /** In the place of an engine's name: the one that suits the job. */
    public static final String AUTO = "auto";

    public Network {
      requireNonNull(data, "data is null");
      requireNonNull(model, "model is null");
      requireNonNull(training, "training is null");
      requireNonNull(engine, "engine is null");
      requireNonNull(cluster, "cluster is null");
      requireNonNull(validation, "validation is null");
      requireNonNull(modelFile, "modelFile is null");
    }

    /** The same, trained by another engine. */
    Network by(Component other) {
      return new Network(data, model, training, other, cluster, validation, modelFile);
    }

    /** The same, once the model's file was read. */
    Network with(String content) {
      return new Network(data, model, training, engine, cluster, validation, Optional.of(content));
    }

    /** The names of the network templates: one, or those of a choice. */
    public List<String> templates() {
      return templates(model.canonical()).distinct().toList();
    }

    private static Stream<String> templates(Object model) {
      if (!(model instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException("Model must be a map, but was " + model);
      }
      return map.get("choice") instanceof List<?> options
          ? options.stream().flatMap(Network::templates)
          : Stream.of(String.valueOf(map.get("template")));
    }

    /** SHA-256 in hexadecimal of what the model's file said. */
    public Optional<String> modelFileDigest() {
      return modelFile.map(content -> Digest.of(Map.of("content", content)));
    }

    /** The file that the model names, if its template takes one. */
    public Optional<String> file() {
      Object file = ((Map<?, ?>) model.canonical()).get(FileTemplateProvider.FILE);
      return Optional.ofNullable(file).map(String::valueOf);
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
      // Left out where it is the default, so that older jobs keep their digests.
      cluster.ifPresent(placement -> canonical.put("placement", placement.canonical()));
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
