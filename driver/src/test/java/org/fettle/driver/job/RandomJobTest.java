package org.fettle.driver.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.network.MlpTemplate;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.search.settings.Settings;
import org.fettle.search.space.Assignment;
import org.junit.jupiter.api.Test;

/** Random jobs: every assignment of the space resolves to settings that are accepted. */
class RandomJobTest {

  private static final long SEED = Long.getLong("tests.seed", 20261122L);

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void everyAssignmentSatisfiesTheSettings() {
    for (int i = 0; i < 300; i++) {
      String yaml = job();
      JobSpec job = Jobs.job(yaml);
      String context = "seed " + SEED + ", job " + i + ":\n" + yaml;
      assertThat(Jobs.job(Digest.json(job.canonical()))).as(context).isEqualTo(job);
      for (int j = 0; j < 10; j++) {
        Assignment drawn = job.space().assign(parameter -> parameter.fromUnit(random.nextDouble()));
        Map<String, Map<String, Object>> resolved = job.resolve(drawn);
        Map<String, Object> model = new HashMap<>(resolved.get("model"));
        assertThat(model.remove("template")).isEqualTo("mlp");
        assertThatCode(
                () -> {
                  Settings network = Settings.of(new MlpTemplate().settings(), model);
                  new MlpTemplate()
                      .build(network, new Shape.Features(4), new Task.Classification(3));
                  Settings training =
                      Settings.of(TrainingSpec.settings(), resolved.get("training"));
                  TrainingSpec.from(training, new Task.Classification(3));
                })
            .as(context + drawn)
            .doesNotThrowAnyException();
      }
    }
  }

  private String job() {
    return """
        study: random
        data: {source: x.csv, target: y, task: classification}
        model:
          template: mlp
          hidden: %s
          activation: %s
          dropout: %s
        training:
          epochs: %s
          l2: %s
          updater: %s
        goal: {maximize: accuracy}
        """
        .formatted(
            pick("[]", "[8, " + integer() + "]", repeat(), "{choice: [[], [9], " + repeat() + "]}"),
            pick("relu", "{choice: [tanh, sigmoid]}", "{choice: [relu]}"),
            real(0, 0.9),
            integer(),
            real(0, 3),
            updater(2));
  }

  private String repeat() {
    String count = pick("2", "{int: [0, 3]}", "{choice: [1, 3]}", "{choice: [4, 2]}");
    return "{repeat: " + count + ", of: " + integer() + "}";
  }

  private String integer() {
    long low = 1 + random.nextInt(50);
    long high = low + random.nextInt(50);
    String bounds = "[" + low + ", " + high + "]";
    return pick(
        "" + low,
        "{int: " + bounds + "}",
        "{int: " + bounds + ", log: true, default: " + high + "}",
        "{int: " + bounds + ", step: " + (1 + random.nextInt(9)) + "}",
        "{choice: [" + low + ", " + (high + 1) + "]}",
        "{choice: [" + (high + 1) + ", {int: " + bounds + "}]}");
  }

  private String real(double from, double to) {
    double low = from + (to - from) * (0.1 + 0.4 * random.nextDouble());
    double high = low + (to - low) * random.nextDouble();
    String bounds = "[" + low + ", " + high + "]";
    return pick(
        "" + low,
        "{float: " + bounds + "}",
        "{float: " + bounds + ", log: true, default: " + low + "}",
        "{float: [0, " + high + "], step: " + high / 3 + "}",
        "{choice: [0, {float: " + bounds + "}]}",
        "{choice: [0, " + low + "]}");
  }

  private String updater(int depth) {
    List<String> options = new ArrayList<>();
    options.add("sgd");
    options.add("{type: adam, beta1: " + real(0, 0.99) + "}");
    options.add("{type: sgd, learning-rate: 0.5, momentum: " + real(0, 0.99) + "}");
    if (depth > 0) {
      options.add("{choice: [adam, " + updater(depth - 1) + ", {type: sgd, learning-rate: 7}]}");
    }
    return options.get(random.nextInt(options.size()));
  }

  private String pick(String... texts) {
    return texts[random.nextInt(texts.length)];
  }
}
