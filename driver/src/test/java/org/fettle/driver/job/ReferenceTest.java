package org.fettle.driver.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceTest {

  private static final Reference REFERENCE = new Reference(Jobs.catalog());

  /** Every name that the list has, and some paths. */
  static List<String> names() {
    List<String> names = new ArrayList<>(List.of("job", "training.batch-size", "learning-rate"));
    REFERENCE
        .all()
        .lines()
        .filter(line -> line.matches(" {2}\\S.*"))
        .forEach(line -> names.add(line.strip().split(" ", 2)[0]));
    return names;
  }

  @Test
  void allNamesEveryGroup() {
    assertThat(names())
        .contains(
            "study", "mlp", "sgd", "adam", "mse", "dl4j", "grid", "random", "accuracy", "repeat");
    assertThat(REFERENCE.all())
        .contains("  seed         all randomness of the study derives from it\n")
        .contains("Suggesters: search.suggester\n");
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyNameIsDescribedIn80Columns(String name) {
    assertThat(REFERENCE.describe(name)).isPresent();
    Stream<String> lines = REFERENCE.describe(name).orElseThrow().lines();
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void everyExampleIsAccepted() {
    for (Topic topic : REFERENCE.topics()) {
      String yaml = topic.example().yaml();
      boolean custom = List.of("objective", "parameters").contains(topic.path());
      boolean regression =
          List.of(
                  "goal.mse",
                  "goal.rmse",
                  "goal.mae",
                  "goal.mape",
                  "goal.r2",
                  "training.loss.mse",
                  "training.loss.mae",
                  "training.loss.huber",
                  "training.loss.huber.delta",
                  "training.loss.poisson")
              .contains(topic.path());
      boolean whole = !topic.path().contains(".") || topic.setting().isEmpty();
      if (yaml.isEmpty() || custom || regression) {
        continue;
      }
      if (whole || topic.path().startsWith("training") || topic.path().startsWith("search")) {
        StringBuilder job = new StringBuilder(yaml);
        boolean named = List.of("search.start", "search.forbidden").contains(topic.path());
        (named ? Jobs.LETTERS : Jobs.SHORTEST)
            .lines()
            .filter(line -> !yaml.startsWith(line.substring(0, line.indexOf(':') + 1)))
            .forEach(line -> job.append(line).append('\n'));
        assertThat(Jobs.problems(job.toString())).as(topic.path()).isEmpty();
      }
    }
  }

  @Test
  void aSettingHasTypeDefaultDocAndExample() {
    assertThat(REFERENCE.describe("batch-size").orElseThrow())
        .isEqualTo(
            """
            training.batch-size
              rows per step
              integer from 1 to 2147483647, default 32

            Example
              training:
                batch-size: 32
            """);
  }

  @Test
  void aComponentHasItsSettings() {
    assertThat(REFERENCE.describe("grid").orElseThrow())
        .isEqualTo(
            """
            search.suggester.grid
              tries every combination of a few values of each parameter, once

              points
                integer from 1 to 1000000, default 10
                values of a parameter that is continuous or has no step

            Example
              search:
                suggester:
                  type: grid
                  points: 10
            """);
  }

  @Test
  void everyKindOfTrainingHasALineOfItsOwn() {
    assertThat(REFERENCE.all())
        .contains("  exponential  multiplied by factor after each epoch\n")
        .contains("  value  brings each element of the gradient within ±at\n")
        .contains("  mae            for values: mean absolute error\n")
        .contains("  none        trains every epoch\n");
    for (Topic topic : REFERENCE.topics()) {
      assertThat(topic.doc()).as(topic.path()).isNotEmpty();
    }
  }

  @Test
  void anUnknownNameHasANearMatch() {
    assertThat(REFERENCE.describe("adm")).isEmpty();
    assertThat(REFERENCE.unknown("adm"))
        .isEqualTo("Name must be one that a job file can hold, but was adm: did you mean adam?");
    assertThat(REFERENCE.unknown("zzzzz"))
        .isEqualTo(
            "Name must be one that a job file can hold, but was zzzzz: without a name, describe"
                + " lists all");
  }

  @Test
  void theWholeExampleIsAJob() {
    assertThat(Jobs.problems(ReferenceText.JOB)).isEmpty();
  }
}
