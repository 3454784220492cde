package org.fettle.driver.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.fettle.driver.job.Catalog;
import org.fettle.driver.job.JobParser;
import org.fettle.driver.job.JobSpec;
import org.fettle.executor.data.Column;
import org.fettle.executor.data.Table;
import org.fettle.optimizers.network.Shape;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which runs of a job may be trained as one network; the engine is one that takes equal layers. */
class FusionTest {

  private static final Table TABLE =
      Table.classification(
          List.of(new Column.Numeric("x", new double[] {1, 2, 3, 4})),
          List.of("near", "far"),
          new float[] {0, 1, 0, 1});

  private static JobSpec job(String... settings) {
    String job =
        """
        study: fusion
        data: {source: rows.csv, target: kind, task: classification}
        model: {template: mlp, hidden: [{int: [32, 256], log: true}]}
        engine: fusing
        training: {updater: {type: adam, learning-rate: {float: [0.001, 0.3], log: true}}}
        validation: {folds: 3}
        goal: {maximize: accuracy}
        """;
    return new JobParser(Catalog.onClassPath())
        .parse(job, "job.yaml", Path.of("/jobs"), List.of(settings))
        .job()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"auto,CPU,16", "auto,GPU,128", "7,CPU,7", "7,GPU,7", "1,GPU,1"})
  void asManyAsTheJobSaysOrThePlaceIsGoodFor(String fuse, Fusion.Place place, int most) {
    assertThat(Fusion.of(job("search.fuse=" + fuse), TABLE, place).most()).isEqualTo(most);
  }

  @Test
  void severalTrialsOnlyWhereMostFindOthersOfTheirShape() {
    assertThat(Fusion.of(job(), TABLE, Fusion.Place.CPU).mostOfSeveralTrials()).isEqualTo(1);
    assertThat(
            Fusion.of(job("model.hidden=[{choice: [16, 32]}]"), TABLE, Fusion.Place.CPU)
                .mostOfSeveralTrials())
        .isEqualTo(16);
  }

  @ParameterizedTest
  @CsvSource({"auto,CPU,1", "auto,GPU,128", "4,CPU,4"})
  void convolutionsOnACpuOnlyWhereTheJobSaysSo(String fuse, Fusion.Place place, int most) {
    JobSpec images =
        job(
            "data.shape=[1, 2, 2]",
            "model={template: layers, layers: [{type: residual, layers: ["
                + "{type: convolution, filters: 1}]}, {type: flatten}]}",
            "search.fuse=" + fuse);
    Table pixels =
        Table.classification(
            IntStream.range(0, 4)
                .<Column>mapToObj(
                    pixel -> new Column.Numeric("p" + pixel, new double[] {pixel, 2, 3, 4}))
                .toList(),
            List.of("near", "far"),
            new float[] {0, 1, 0, 1});
    assertThat(Fusion.of(images, pixels.shaped(Shape.of(List.of(1, 2, 2))), place).most())
        .isEqualTo(most);
  }

  @Test
  void noneWhereTheEngineTrainsEachByItselfOrNobodyTrains() {
    assertThat(Fusion.of(job("engine=java"), TABLE, Fusion.Place.GPU)).isEqualTo(Fusion.NONE);
  }

  @Test
  void trialsOfEqualLayersHaveOneName() {
    JobSpec job = job();
    JobPlan plan =
        new JobPlan(job, "key", 3, "file:/none", Fusion.of(job, TABLE, Fusion.Place.CPU));
    History history =
        History.empty(job.studySpec(1))
            .started(assignment(40, 0.01), "test")
            .started(assignment(40, 0.1), "test")
            .started(assignment(41, 0.1), "test");
    List<Trial> trials = history.trials();

    assertThat(plan.fusion(trials.get(0))).isPresent().isEqualTo(plan.fusion(trials.get(1)));
    assertThat(plan.fusion(trials.get(2))).isPresent().isNotEqualTo(plan.fusion(trials.get(1)));
  }

  private static Assignment assignment(int units, double rate) {
    return Assignment.of("model.hidden[0]", units, "training.updater.learning-rate", rate);
  }
}
