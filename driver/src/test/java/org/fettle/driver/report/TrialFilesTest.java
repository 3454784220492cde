package org.fettle.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fettle.driver.spark.TestSpark;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.study.Replay;
import org.fettle.executor.task.RunPlace;
import org.fettle.search.study.Aggregation;
import org.fettle.search.study.Direction;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trials in files, as other programs read them. */
class TrialFilesTest {

  private final Replay study = Sample.replay();

  private JsonNode json(Object plain) throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    return mapper.readTree(mapper.writeValueAsString(plain));
  }

  @Test
  void rowsHaveWhatIsKnownOfATrial() throws JsonProcessingException {
    JsonNode rows = json(TrialRows.of(study));

    assertThat(rows).hasSize(6);
    assertThat(rows.get(0).toString())
        .isEqualTo(
            """
            {"number":0,"outcome":"completed","origin":"random",\
            "started":"2026-11-22T10:00:00Z","ended":"2026-11-22T10:00:30Z","seconds":3.0,\
            "assignment":{"model.rate":0.03333333333333333,"training.epochs":1,\
            "model.kind":"flat","training.size":32,"training.shuffle":true},\
            "scores":{"accuracy":{"mean":0.75,"standardError":0.125,\
            "folds":[0.875,0.625]},"log-loss":{"mean":0.25,"standardError":0.125,\
            "folds":[0.125,0.375]}}}""");
    assertThat(rows.at("/1/scores/accuracy").has("standardError")).isFalse();
    assertThat(rows.at("/2/code").asText()).isEqualTo("USER_ERROR");
    assertThat(rows.at("/3/outcome").asText()).isEqualTo("infeasible");
    assertThat(rows.at("/4/reason").asText()).isEqualTo("below the median");
    assertThat(rows.at("/5/outcome").asText()).isEqualTo("running");
    assertThat(rows.get(5).has("ended")).isFalse();
  }

  @Test
  void resultHasStatusCountsAndTheBest() throws JsonProcessingException {
    List<JournalEvent> events = new ArrayList<>(Sample.events());
    events.add(Sample.done());
    JsonNode result = json(StudyResult.of(Replay.of(Sample.spec(), events)));

    assertThat(result.path("status").asText()).isEqualTo("done");
    assertThat(result.path("trials").toString())
        .isEqualTo(
            """
            {"total":6,"completed":2,"failed":1,"infeasible":1,"pruned":1,"running":1}""");
    assertThat(result.at("/best/number").asInt()).isEqualTo(1);
    assertThat(result.at("/best/scores/accuracy/mean").asDouble()).isEqualTo(0.95);
    assertThat(result.has("pareto")).isFalse();
  }

  @Test
  void resultHasTheConfusionOfTheBestOverItsFolds() throws JsonProcessingException {
    List<JournalEvent> events = new ArrayList<>(Sample.events().subList(0, 6));
    List<List<Long>> confusion = List.of(List.of(3L, 1L), List.of(0L, 2L));
    for (int fold = 0; fold < 2; fold++) {
      events.add(
          new JournalEvent.FoldEnded(
              Sample.at(20),
              0,
              fold,
              Sample.scores(0.5),
              List.of(),
              1,
              confusion,
              RunPlace.UNKNOWN));
    }
    events.add(
        new JournalEvent.TrialEnded(Sample.at(21), 0, new Outcome.Completed(Sample.scores(0.5))));
    JsonNode result = json(StudyResult.of(Replay.of(Sample.spec(), events)));

    assertThat(result.at("/best/confusion").toString()).isEqualTo("[[6,2],[0,4]]");
  }

  @Test
  void trialsSayWhereTheirRunsWere() throws JsonProcessingException {
    List<JournalEvent> events = new ArrayList<>(Sample.events().subList(0, 6));
    for (int fold = 1; fold >= 0; fold--) {
      RunPlace place = new RunPlace("node" + fold, "7", fold == 0 ? List.of() : List.of("0", "2"));
      events.add(
          new JournalEvent.FoldEnded(
              Sample.at(20), 0, fold, Sample.scores(0.5), List.of(), 1, List.of(), place));
    }

    assertThat(json(TrialRows.of(Replay.of(Sample.spec(), events))).at("/0/places").toString())
        .isEqualTo("[\"node0 executor 7\",\"node1 executor 7 gpu 0,2\"]");
  }

  @Test
  void resultHasNoBestWhereNoTrialCompleted() {
    Replay empty = Replay.of(Sample.spec(), List.of());

    assertThat(StudyResult.of(empty))
        .isEqualTo(Map.of("status", "open", "trials", Map.of("total", 0)));
  }

  @Test
  void csvReadsBack() {
    String csv = TrialCsv.of(study);
    List<List<String>> lines = parsed(csv);

    assertThat(lines.get(0))
        .containsExactly(
            "number",
            "outcome",
            "code",
            "reason",
            "origin",
            "started",
            "ended",
            "seconds",
            "model.rate",
            "training.epochs",
            "model.kind",
            "training.size",
            "training.shuffle",
            "accuracy",
            "accuracy.standardError",
            "log-loss",
            "log-loss.standardError");
    assertThat(lines).hasSize(7).allSatisfy(line -> assertThat(line).hasSize(17));
    assertThat(lines.get(1))
        .startsWith("0", "completed", "", "", "random")
        .endsWith("0.75", "0.125", "0.25", "0.125");
    assertThat(lines.get(2))
        .contains("deep, \"dark\"\r\n")
        .endsWith("0.95", "", lines.get(2).get(15), "");
    assertThat(lines.get(3)).contains("no such\nlayer, \"x\"");
    assertThat(lines.get(6)).startsWith("5", "running", "", "");
  }

  @Test
  void filesHaveWhatTheGoalLooksAt(@TempDir Path folder) throws JsonProcessingException {
    Goal worst = new Goal("accuracy", Direction.MAXIMIZE, Aggregation.WORST);
    Replay robust = Replay.of(Sample.spec(worst), Sample.events());

    List<List<String>> lines = parsed(TrialCsv.of(robust));
    assertThat(lines.get(0))
        .containsSequence("accuracy", "accuracy.standardError", "accuracy.aggregate", "log-loss");
    assertThat(lines.get(1)).containsSequence("0.75", "0.125", "0.625", "0.25");
    assertThat(json(TrialRows.of(robust)).at("/0/scores/accuracy").toString())
        .isEqualTo(
            """
            {"mean":0.75,"standardError":0.125,"aggregate":0.625,"folds":[0.875,0.625]}""");

    String uri = folder.resolve("trials.parquet").toString();
    new TrialTable(robust).write(TestSpark.session(), uri);
    Dataset<Row> table = TestSpark.session().read().parquet(uri).orderBy("number");
    assertThat(table.select("scores.accuracy.aggregate").first().getDouble(0)).isEqualTo(0.625);
  }

  /** RFC 4180, by the letter. */
  private static List<List<String>> parsed(String csv) {
    List<List<String>> lines = new ArrayList<>(List.of(new ArrayList<>()));
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (c == '"' && quoted && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || csv.startsWith("\r\n", i))) {
        lines.get(lines.size() - 1).add(cell.toString());
        cell.setLength(0);
        if (c == '\r') {
          lines.add(new ArrayList<>());
          i++;
        }
      } else {
        cell.append(c);
      }
    }
    assertThat(lines.remove(lines.size() - 1)).isEmpty();
    return lines;
  }

  @Test
  void tableReadsBackWithSparkSql(@TempDir Path folder) {
    SparkSession spark = TestSpark.session();
    String uri = folder.resolve("trials.parquet").toString();
    new TrialTable(study).write(spark, uri);
    new TrialTable(study).write(spark, uri);
    spark.read().parquet(uri).createOrReplaceTempView("trials");

    Dataset<Row> table =
        spark.sql(
            "select number, scores.accuracy.mean, scores.accuracy.standardError,"
                + " scores.`log-loss`.folds, started, ended, assignment.* from trials"
                + " order by number");

    assertThat(table.columns())
        .containsExactly(
            "number",
            "mean",
            "standardError",
            "folds",
            "started",
            "ended",
            "model.rate",
            "training.epochs",
            "model.kind",
            "training.size",
            "training.shuffle");
    List<Row> rows = table.collectAsList();
    assertThat(rows).hasSize(6);
    assertThat(rows.get(0).getDouble(1)).isEqualTo(0.75);
    assertThat(rows.get(0).getDouble(2)).isEqualTo(0.125);
    assertThat(rows.get(0).<Double>getList(3)).hasSize(2);
    assertThat(rows.get(0).getTimestamp(5)).isEqualTo(Timestamp.from(Sample.at(30)));
    assertThat(rows.get(0).getLong(7)).isEqualTo(1);
    assertThat(rows.get(0).getString(9)).isEqualTo("32");
    assertThat(rows.get(1).getString(8)).isEqualTo("deep, \"dark\"\r\n");
    assertThat(rows.get(1).isNullAt(2)).isTrue();
    assertThat(rows.get(1).getBoolean(10)).isFalse();
    assertThat(rows.get(5).isNullAt(1)).isTrue();
    assertThat(rows.get(5).isNullAt(5)).isTrue();
  }

  @Test
  void tableOfAStudyWithoutTrialsReadsBack(@TempDir Path folder) {
    SparkSession spark = TestSpark.session();
    String uri = folder.resolve("trials.parquet").toString();
    Replay empty =
        new Replay(
            History.empty(Sample.spec()),
            List.of(),
            Map.of(),
            Map.of(),
            List.of(),
            Map.of(),
            study.status(),
            Optional.empty(),
            Duration.ZERO);

    new TrialTable(empty).write(spark, uri);

    assertThat(spark.read().parquet(uri).count()).isEqualTo(0);
  }
}
