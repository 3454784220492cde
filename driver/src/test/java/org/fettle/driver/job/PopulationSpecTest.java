package org.fettle.driver.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PopulationSpecTest {

  private static ParsedJob parse(String model, String training, String search, String rest) {
    return new JobParser(Catalog.onClassPath())
        .parse(
            """
            study: population
            data: {source: iris.csv, target: species, task: classification}
            model: {template: mlp, hidden: [%s]}
            training: %s
            goal: {maximize: accuracy}
            search: {suggester: {type: pbt, generations: 10}%s}
            %s
            """
                .formatted(model, training, search, rest),
            "job.yaml",
            Path.of("/jobs"),
            List.of());
  }

  private static List<String> problems(String model, String training, String search, String rest) {
    return parse(model, training, search, rest).problems().list().stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void changesTrainingAndHoldsTheModel() {
    JobSpec job =
        parse(
                "{int: [2, 9]}",
                "{batch-size: {choice: [8, 16]}, l2: {float: [0, 1]}, updater: {choice: [{type: adam,"
                    + " learning-rate: {float: [0.1, 1]}}, sgd]}}",
                "",
                "")
            .job()
            .orElseThrow();

    assertThat(PopulationSpec.of(job).orElseThrow().suggesterSettings())
        .containsEntry(
            "hold", List.of("model.hidden[0]", "training.batch-size", "training.updater"));
    assertThat(job.search().trials()).as("all generations of all members").isEmpty();
  }

  @Test
  void generationsShareTheEpochs() {
    assertThat(PopulationSpec.until(1, 10, 10)).isEqualTo(1);
    assertThat(PopulationSpec.until(1, 10, 25)).isEqualTo(3);
    assertThat(PopulationSpec.until(2, 10, 25)).isEqualTo(5);
    assertThat(PopulationSpec.until(10, 10, 25)).isEqualTo(25);
  }

  @Test
  void refusesAJobInWhichNothingCanChange() {
    String reason =
        "search.suggester  must have a parameter that can change under way; of networks these are"
            + " those of training but the kind of updater and loss, batch-size and replicas, but"
            + " was pbt";
    assertThat(problems("{int: [2, 9]}", "{}", "", "")).containsExactly("line 6  " + reason);
    assertThat(problems("4", "{batch-size: {choice: [8, 16]}}", "", ""))
        .containsExactly("line 6  " + reason);
  }

  @Test
  void refusesWhatEndsOrBeginsTrialsOtherwise() {
    assertThat(
            problems(
                "4",
                "{l2: {float: [0, 1]}, epochs: 9, early-stopping: holdout}",
                ", warm-start: [there]",
                "pruning: {pruner: halving}"))
        .containsExactlyInAnyOrder(
            "line 7  pruning.pruner  must be left out beside pbt, which replaces what is behind",
            "line 6  search.warm-start  must be left out beside pbt",
            "line 4  training.early-stopping  must be none beside pbt, whose trials end by"
                + " generations",
            "line 4  training.epochs  must be at least the generations of pbt, which are 10, but"
                + " was 9");
    assertThat(problems("4", "{l2: {float: [0, 1]}, epochs: {int: [10, 20]}}", "", ""))
        .containsExactly(
            "line 4  training.epochs  must be a number beside pbt, whose members train equally"
                + " long");
  }

  @Test
  void anyOtherSuggesterHasNoPopulation() {
    JobSpec job = Jobs.job(Jobs.SHORTEST);
    assertThat(PopulationSpec.of(job)).isEmpty();
    assertThat(job.search().trials()).isEqualTo(OptionalInt.of(20));
  }
}
