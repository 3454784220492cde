package org.fettle.driver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.fettle.executor.task.RunPlace;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Lineage;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventJsonTest {

  private static final Instant AT = Instant.parse("2026-11-22T10:15:30.5Z");

  private final EventJson json = new EventJson();

  @Test
  void readsBackWhatItWrote() {
    long seed = Long.getLong("tests.seed", 1);
    for (JournalEvent event : new RandomEvents(seed).draw(1000)) {
      String line = json.write(event);

      assertThat(line).as("seed %d", seed).doesNotContain("\n").doesNotContain("\r");
      assertThat(json.read(line)).as("seed %d", seed).isEqualTo(event);
    }
  }

  @Test
  void writesTheFormatThatStudiesHave() {
    Assignment assignment = Assignment.of("model.dropout", 0.25, "training.batch-size", 32);
    assertThat(json.write(new JournalEvent.TrialStarted(AT, 3, assignment, "random")))
        .isEqualTo(
            """
            {"event":"trial-started","at":"2026-11-22T10:15:30.500Z","trial":3,"origin":"random",\
            "assignment":{"model.dropout":0.25,"training.batch-size":32}}""");
    Lineage lineage = new Lineage(1, 2, 4);
    assertThat(
            json.write(
                new JournalEvent.TrialStarted(AT, 3, assignment, "pbt", 0, Optional.of(lineage))))
        .endsWith("\"lineage\":{\"parent\":1,\"predecessor\":2,\"generation\":4}}");
    Measurement loss = Measurement.of("loss", 0.5);
    Report report = new Report(2, 1, Measurement.of("loss", 0.75));
    assertThat(json.write(new JournalEvent.FoldEnded(AT, 3, 2, loss, List.of(report), 1.5)))
        .isEqualTo(
            """
            {"event":"fold-ended","at":"2026-11-22T10:15:30.500Z","trial":3,"fold":2,\
            "scores":{"loss":0.5},"seconds":1.5,"reports":[{"step":1,"scores":{"loss":0.75}}]}""");
    List<List<Long>> confusion = List.of(List.of(3L, 0L), List.of(1L, 2L));
    RunPlace place = new RunPlace("node7", "12", List.of("0", "3"), 5);
    assertThat(
            json.write(
                new JournalEvent.FoldEnded(AT, 3, 2, loss, List.of(), 1.5, confusion, place)))
        .isEqualTo(
            """
            {"event":"fold-ended","at":"2026-11-22T10:15:30.500Z","trial":3,"fold":2,\
            "scores":{"loss":0.5},"seconds":1.5,"confusion":[[3,0],[1,2]],\
            "place":{"host":"node7","executor":"12","devices":["0","3"],"together":5}}""");
    Outcome diverged = new Outcome.Infeasible(FailureCode.DIVERGED, "the loss became NaN");
    assertThat(json.write(new JournalEvent.TrialEnded(AT, 3, diverged)))
        .isEqualTo(
            """
            {"event":"trial-ended","at":"2026-11-22T10:15:30.500Z","trial":3,\
            "outcome":"INFEASIBLE","code":"DIVERGED","reason":"the loss became NaN"}""");
    assertThat(json.write(new JournalEvent.StudyEnded(AT, StudyStatus.DONE, Optional.empty())))
        .isEqualTo(
            """
            {"event":"study-ended","at":"2026-11-22T10:15:30.500Z","status":"DONE"}""");
  }

  @Test
  void passesOverFieldsThatItDoesNotKnow() {
    assertThat(
            json.read(
                """
                {"event":"study-ended","at":"2026-11-22T10:15:30.5Z","status":"DONE","by":"me"}"""))
        .isEqualTo(new JournalEvent.StudyEnded(AT, StudyStatus.DONE, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "''                                       | Event must have at",
        "5                                        | Event must have at",
        "{\"event\":\"study-ended\"               | Line must be JSON",
        "{\"event\":\"study-ended\"} {}           | Line must be JSON",
        "{\"at\":\"now\"}                         | Field at must be an instant, but was now",
        "{\"at\":5}                               | Field at must be text, but was 5",
        "{\"at\":\"2026-11-22T10:15:30Z\"}        | Event must have event",
        "{AT,\"event\":\"coffee-ready\"}          | Event must be known, but was coffee-ready",
        "{AT,\"event\":\"study-ended\"}           | Event must have status",
        "{AT,\"event\":\"study-ended\",\"status\":\"SO-SO\"} | SO-SO",
        "{AT,\"event\":\"trial-ended\",\"trial\":\"one\"} | Field trial must be an integer, but was \"one\"",
        "{AT,\"event\":\"trial-ended\",\"trial\":1.5} | Field trial must be an integer, but was 1.5",
        "{AT,\"event\":\"trial-ended\",\"trial\":1,\"outcome\":\"LOST\"} | Outcome must be known, but was LOST",
        "{AT,\"event\":\"trial-ended\",\"trial\":1,\"outcome\":\"COMPLETED\",\"scores\":{\"loss\":\"low\"}} | Field loss must be a number, but was \"low\"",
        "{AT,\"event\":\"trial-ended\",\"trial\":1,\"outcome\":\"COMPLETED\",\"scores\":[1]} | Field scores must be an object, but was [1]",
        "{AT,\"event\":\"trial-started\",\"trial\":1,\"origin\":\"x\",\"assignment\":{\"a\":null}} | Value must be a number",
      })
  void refusesWhatIsNoEvent(String line, String reason) {
    String whole = line.replace("AT", "\"at\":\"2026-11-22T10:15:30Z\"");

    assertThatThrownBy(() -> json.read(whole))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
