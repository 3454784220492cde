package org.fettle.driver.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Job files for tests. */
final class Jobs {

  static final Path FOLDER = Path.of("/jobs");

  /** The shortest job there is. */
  static final String SHORTEST =
      """
      study: iris
      data: {source: iris.csv, target: species, task: classification}
      model: {template: linear}
      goal: {maximize: accuracy}
      """;

  /** Every kind of domain. */
  static final String LETTERS =
      """
      study: letters
      data: {source: letters.csv, target: lettr, task: classification}
      model:
        template: mlp
        hidden: {repeat: {int: [1, 3]}, of: {int: [32, 256], log: true}}
        dropout: {float: [0.0, 0.5]}
        activation: {choice: [relu, tanh]}
      training:
        epochs: 30
        batch-size: {choice: [32, 64, 128]}
        l2: {choice: [0, {float: [1.0e-6, 1.0e-2], log: true}]}
        updater:
          choice:
            - {type: adam, learning-rate: {float: [1.0e-4, 1.0e-1], log: true}}
            - {type: sgd, learning-rate: {float: [1.0e-3, 1.0], log: true},
               momentum: {float: [0.0, 0.9], step: 0.3}}
      goal: {maximize: accuracy}
      """;

  private Jobs() {}

  static Catalog catalog() {
    Catalog found = Catalog.onClassPath();
    return new Catalog(
        found.templates(),
        List.of(engine("dl4j"), engine("torch")),
        found.suggesters(),
        found.pruners(),
        found.stopRules());
  }

  static ParsedJob parse(String yaml, String... overrides) {
    return new JobParser(catalog()).parse(yaml, "job.yaml", FOLDER, List.of(overrides));
  }

  /** A job without problems. */
  static JobSpec job(String yaml, String... overrides) {
    ParsedJob parsed = parse(yaml, overrides);
    assertThat(parsed.problems().list()).isEmpty();
    return parsed.job().orElseThrow();
  }

  static List<String> problems(String yaml, String... overrides) {
    ParsedJob parsed = parse(yaml, overrides);
    assertThat(parsed.job().isPresent()).isEqualTo(parsed.problems().isEmpty());
    return parsed.problems().list().stream().map(Problem::toString).toList();
  }

  private static EngineProvider engine(String name) {
    return new EngineProvider() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String doc() {
        return "an engine of the tests";
      }

      @Override
      public List<Setting> settings() {
        return List.of(Setting.integer("threads", 1, "threads of a run").or(1L));
      }

      @Override
      public Engine create(Settings settings) {
        throw new UnsupportedOperationException("A job file creates no engine");
      }
    };
  }
}
