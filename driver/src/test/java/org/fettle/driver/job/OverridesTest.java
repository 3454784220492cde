package org.fettle.driver.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.fettle.search.space.Assignment;
import org.junit.jupiter.api.Test;

class OverridesTest {

  private static String problem(String override) {
    assertThat(Jobs.problems(Jobs.LETTERS, override)).hasSize(1);
    return Jobs.problems(Jobs.LETTERS, override).get(0);
  }

  @Test
  void valuesAreYamlAndPathsMayBeNew() {
    JobSpec job =
        Jobs.job(
            Jobs.SHORTEST,
            "seed=7",
            "search.suggester={type: grid, points: 3}",
            "training.updater.type=sgd",
            "model={template: mlp, hidden: [8]}",
            "model.hidden[1]={int: [4, 8]}",
            "model.hidden[0]=5");
    assertThat(job.seed()).isEqualTo(7);
    assertThat(job.search().suggester()).isEqualTo(new Component("grid", Map.of("points", 3L)));
    assertThat(job.resolve(Assignment.of("model.hidden[1]", 6)).get("model").get("hidden"))
        .hasToString("[5, 6]");
    assertThat(job.resolve(Assignment.of("model.hidden[1]", 6)).get("training").get("updater"))
        .hasToString("{type=sgd, learning-rate=0.01, momentum=0.0}");
  }

  @Test
  void optionsHaveIndices() {
    JobSpec job = Jobs.job(Jobs.LETTERS, "training.updater.choice[1].momentum=0.5");
    assertThat(job.space().parameter("training.updater.sgd.momentum")).isEmpty();
  }

  @Test
  void aBadOneIsAProblemOfTheCommandLine() {
    assertThat(problem("training.epochs"))
        .isEqualTo(
            "--set training.epochs  The argument must be path=value, with a path such as"
                + " training.epochs or model.hidden[0]");
    assertThat(problem("=3")).startsWith("--set =3  The argument must be path=value");
    assertThat(problem("training.epochs.x=3"))
        .isEqualTo(
            "--set training.epochs.x=3  training.epochs  must be a map to set x in it, but was 30");
    assertThat(problem("training[0]=3"))
        .startsWith("--set training[0]=3  training  must be a list to set [0] in it, but was {");
    assertThat(problem("training.updater.choice[3]=sgd"))
        .isEqualTo(
            "--set training.updater.choice[3]=sgd  training.updater.choice  must have 3 elements"
                + " before [3], but has 2");
    assertThat(problem("seed=[")).startsWith("--set seed=[  seed  must be YAML: expected");
    assertThat(problem("seed=")).isEqualTo("--set seed=  seed  must be an integer, but was empty");
    assertThat(problem("training.epoch=3"))
        .startsWith("--set training.epoch=3  training.epoch  is not a key of training: did you");
    assertThat(problem("training.epochs=x"))
        .startsWith("--set training.epochs=x  training.epochs  must be an integer from 1");
    assertThat(problem("a[99999999999]=1")).startsWith("--set a[99999999999]=1  The argument");
  }
}
