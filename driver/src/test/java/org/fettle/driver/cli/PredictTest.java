package org.fettle.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.fettle.driver.predict.SparkModel;
import org.fettle.driver.spark.Sessions;
import org.fettle.executor.model.FettleModel;
import org.fettle.executor.model.InvalidRowsException;
import org.fettle.executor.model.Prediction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a study to predictions of new rows. */
class PredictTest extends CommandLineFixture {

  private static final String JOB =
      """
      study: %s
      seed: 3
      data: {source: %s, target: side, task: classification, delimiter: ';'}
      model: {template: mlp, hidden: [4]}
      training: {epochs: 40, batch-size: 8, updater: {type: adam, learning-rate: 0.05}}
      validation: {folds: 2}
      goal: {maximize: accuracy}
      search: {suggester: random, trials: 1, parallel: 1}
      """;

  private static Path study;

  private static String rows(String target) {
    StringBuilder text =
        new StringBuilder("id;x;colour" + (target.isEmpty() ? "" : ";side") + "\n");
    for (int i = 0; i < 40; i++) {
      boolean right = i % 2 == 0;
      String x = i == 6 ? "NA" : String.valueOf((right ? 1000 : 0) + i);
      text.append("%03d;%s;%s".formatted(i, x, right ? "05" : "blue"));
      text.append(target.isEmpty() ? "\n" : ";" + (right ? "right" : "left") + "\n");
    }
    return text.toString();
  }

  @BeforeAll
  static void runAStudy() throws IOException {
    write("sides.csv", rows("side"));
    Path job = write("sides.yaml", JOB.formatted("sides", "sides.csv"));
    Ended ended = fettle("run", job, "--output", temporary, "--set", "data.ignore=[id]");
    assertThat(ended.status()).as("%s%n%s", ended.out(), ended.err()).isEqualTo(0);
    study = temporary.resolve("sides");
  }

  private static List<String> lines(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> parts = Files.list(folder)) {
      for (Path part : parts.sorted().toList()) {
        if (part.getFileName().toString().startsWith("part-")) {
          lines.addAll(Files.readAllLines(part));
        }
      }
    }
    return lines;
  }

  @Test
  void predictsCsvInItsOrderWithItsColumns() throws IOException {
    Path input = write("new.csv", rows(""));
    Path output = temporary.resolve("scored.csv");

    Ended ended = fettle("predict", study, "--input", input, "--output", output);

    assertThat(ended.status()).as(ended.err()).isEqualTo(0);
    assertThat(ended.out()).isEqualTo("Predictions: " + output + "\n");
    List<String> lines = lines(output);
    assertThat(lines).hasSize(41);
    assertThat(lines.get(0)).isEqualTo("id;x;colour;prediction;probability_left;probability_right");
    try (FettleModel model = FettleModel.load(study)) {
      List<Map<String, String>> rows = new ArrayList<>();
      for (String line : lines.subList(1, 41)) {
        String[] cells = line.split(";");
        rows.add(Map.of("x", cells[1], "colour", cells[2]));
      }
      List<Prediction> expected = model.predict(rows);
      for (int i = 0; i < 40; i++) {
        String[] cells = lines.get(i + 1).split(";");
        assertThat(cells[0]).isEqualTo("%03d".formatted(i));
        assertThat(cells[3]).isEqualTo(expected.get(i).label().orElseThrow());
        assertThat(Double.parseDouble(cells[4]))
            .isEqualTo(expected.get(i).probabilities().get("left"));
      }
    }

    Ended again = fettle("predict", study, "--input", input, "--output", output);
    assertThat(again.status()).isEqualTo(3);
    assertThat(again.err())
        .contains("Cannot write " + output + ": it is there already; give another, or --overwrite");
    for (Path read : List.of(input, temporary, study)) {
      Ended over = fettle("predict", study, "--input", input, "--output", read, "--overwrite");
      assertThat(over.status()).isEqualTo(3);
      assertThat(over.err()).contains("which is read; give another");
    }
    assertThat(input).exists();
    Ended over =
        fettle(
            "predict",
            study,
            "--input",
            input,
            "--output",
            output,
            "--overwrite",
            "--columns",
            "id");
    assertThat(over.status()).as(over.err()).isEqualTo(0);
    assertThat(lines(output).get(0)).isEqualTo("id;prediction;probability_left;probability_right");
  }

  @Test
  void judgesRowsThatHaveTheTarget() throws IOException {
    Path input = write("known.csv", rows("side") + "040;1000;05;middle\n");
    Path output = temporary.resolve("known.json");

    Ended ended =
        fettle("predict", study.resolve("result.json"), "--input", input, "--output", output);

    assertThat(ended.status()).as(ended.err()).isEqualTo(0);
    assertThat(ended.out())
        .contains("On the 40 rows with a target:")
        .contains("  accuracy 1.000\n")
        .contains("  log-loss ")
        .contains("Left out: 1 row without a target, or with a class that the model does not know");
    assertThat(lines(output).get(0))
        .startsWith("{\"id\":\"000\",\"x\":1000.0,\"colour\":\"05\",\"side\":\"right\",")
        .contains("\"prediction\":\"right\",\"probability\":{\"left\":");
  }

  @Test
  void saysAllThatIsWrongWithTheInputAndWritesNothing() throws IOException {
    Path output = temporary.resolve("nothing.csv");
    Path misnamed = write("misnamed.csv", "X1;color\n1;blue\n");
    Ended ended = fettle("predict", study, "--input", misnamed, "--output", output);
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .contains("Cannot predict: 2 problems")
        .contains("column x must be there, as in training")
        .contains("column colour must be there, as in training; did you mean color?");

    Path absent = temporary.resolve("absent.csv");
    ended = fettle("predict", study, "--input", absent, "--output", output);
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err()).startsWith("Cannot read " + absent).hasLineCount(1);

    Path words = write("words.csv", "x;colour\n1;blue\nmany;blue\nfew;red\n");
    ended = fettle("predict", study, "--input", words, "--output", output);
    assertThat(ended.status()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err())
        .contains("Cannot predict: 2 problems in partition 0 of the input")
        .contains("row 2: x must be a number, but was \"many\"")
        .contains("row 3: x must be a number, but was \"few\"");

    Path broken = write("broken.csv", "x;colour\n1;blue\n2;\"two\nlines\"\n");
    ended = fettle("predict", study, "--input", broken, "--output", output);
    assertThat(ended.status()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err())
        .contains("row 3 must have 2 values, as there are columns, but was lines\"; --multi-line");
    ended = fettle("predict", study, "--input", broken, "--output", output, "--multi-line");
    assertThat(ended.status()).as(ended.err()).isEqualTo(0);

    ended =
        fettle(
            "predict",
            study,
            "--input",
            words,
            "--output",
            temporary.resolve("unwritten.csv"),
            "--columns",
            "colour,idd");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err()).contains("--columns must be of the input, but idd is not; known: x");
    assertThat(temporary.resolve("unwritten.csv")).doesNotExist();
  }

  @Test
  void saysWhyThereIsNoModel() throws IOException {
    Path input = write("new.csv", rows(""));
    Path output = temporary.resolve("none.csv");

    Ended nowhere =
        fettle("predict", temporary.resolve("nowhere"), "--input", input, "--output", output);
    assertThat(nowhere.status()).isEqualTo(3);
    assertThat(nowhere.err()).contains("Cannot find a model in").contains("nowhere");

    Path running = temporary.resolve("running");
    Files.createDirectories(running.resolve("journal"));
    Ended early = fettle("predict", running, "--input", input, "--output", output);
    assertThat(early.status()).isEqualTo(3);
    assertThat(early.err())
        .contains("there is none, as it is running, or was cut off; see it with: fettle show");

    write("running/result.json", "{}");
    Ended without = fettle("predict", running, "--input", input, "--output", output);
    assertThat(without.status()).isEqualTo(3);
    assertThat(without.err()).contains("there is none, as it ended without a trial to refit");
  }

  @Test
  void transformsDatasetsAndServesSql() throws IOException {
    try (SparkSession spark = Sessions.open("test")) {
      SparkModel model = SparkModel.load(spark, study.toUri().toString());
      Dataset<Row> rows =
          spark.sql(
              "select id, case when id = 3 then null else id * 100.0 end as x, 'blue' as colour"
                  + " from range(0, 3000, 1, 3)");
      List<Row> scored = model.transform(rows).collectAsList();
      assertThat(scored).hasSize(3000);
      List<Map<String, Object>> plain = new ArrayList<>();
      for (Row row : scored) {
        Map<String, Object> values = new java.util.HashMap<>();
        values.put("x", row.get(1));
        values.put("colour", row.get(2));
        plain.add(values);
      }
      List<Prediction> expected = model.model().predict(plain);
      for (int i = 0; i < scored.size(); i++) {
        Row row = scored.get(i);
        assertThat(row.getLong(0)).isEqualTo(i);
        assertThat(row.<String>getAs("prediction"))
            .isEqualTo(expected.get(i).label().orElseThrow());
        Map<String, Double> probabilities = row.getJavaMap(row.fieldIndex("probability"));
        assertThat(probabilities.get("left"))
            .isCloseTo(
                expected.get(i).probabilities().get("left"),
                org.assertj.core.api.Assertions.within(1e-5));
      }

      model.register("score");
      rows.createOrReplaceTempView("rows");
      List<Row> bySql =
          spark
              .sql("select score(struct(*)).prediction as said from rows order by id")
              .collectAsList();
      for (int i = 0; i < scored.size(); i++) {
        assertThat(bySql.get(i).getString(0)).isEqualTo(scored.get(i).<String>getAs("prediction"));
      }
      assertThat(
              rows.withColumn("p", functions.expr("score(struct(x, colour)).probability['left']"))
                  .filter("p between 0 and 1")
                  .count())
          .isEqualTo(3000);

      assertThatThrownBy(() -> model.transform(rows.withColumn("Prediction", functions.lit(1))))
          .isInstanceOf(InvalidRowsException.class)
          .hasMessageContaining("column Prediction must not be there already; rename or drop it");
      assertThatThrownBy(
              () ->
                  model.transform(
                      rows.drop("x").withColumn("colour", functions.array(functions.lit(1)))))
          .hasMessageContaining("column x must be there")
          .hasMessageContaining(
              "column colour must be of numbers, text or true and false, but was of array<int>");
    }
  }

  @Test
  void predictsLibsvm() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      text.append(i % 2 == 0 ? "1 1:%d 3:2\n".formatted(100 + i) : "0 2:%d\n".formatted(i));
    }
    write("points.libsvm", text.toString());
    Path job =
        write(
            "points.yaml",
            JOB.formatted("points", "points.libsvm")
                .replace(", target: side", "")
                .replace(", delimiter: ';'", ""));
    Ended ran = fettle("run", job, "--output", temporary);
    assertThat(ran.status()).as("%s%n%s", ran.out(), ran.err()).isEqualTo(0);
    Path input = write("few.libsvm", "1 1:120 3:2\n0 2:3\n");
    Path output = temporary.resolve("points.json");

    Ended ended =
        fettle("predict", temporary.resolve("points"), "--input", input, "--output", output);

    assertThat(ended.status()).as(ended.err()).isEqualTo(0);
    assertThat(ended.out()).contains("On the 2 rows with a target:").contains("accuracy 1.000");
    assertThat(lines(output)).hasSize(2);
  }
}
