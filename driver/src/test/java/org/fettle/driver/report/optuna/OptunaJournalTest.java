package org.fettle.driver.report.optuna;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fettle.driver.report.Peers;
import org.fettle.driver.report.Studies;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.study.StudyView;
import org.fettle.search.study.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptunaJournalTest {

  @TempDir private Path temporary;

  private static List<JsonNode> lines(List<JournalEvent> events) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : OptunaJournal.of(Studies.view(events)).lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  @Test
  void hasALineForTheStudyAndOneForEachTrial() throws Exception {
    List<JsonNode> lines = lines(Studies.conditional());

    assertThat(lines.get(0).toString())
        .isEqualTo(
            "{\"op_code\":0,\"worker_id\":\"fettle\",\"study_name\":\"conditional\",\"directions\":[1]}");
    assertThat(lines.get(1).at("/system_attr/study:metric_names/0").asText()).isEqualTo("log-loss");
    assertThat(lines).hasSize(123);
    JsonNode trial = lines.get(3);
    assertThat(trial.path("op_code").asInt()).isEqualTo(4);
    assertThat(trial.path("state").asInt()).isEqualTo(1);
    assertThat(trial.path("value").isDouble()).isTrue();
    assertThat(trial.path("intermediate_values")).hasSize(20);
    assertThat(trial.at("/distributions/parameters.rate").asText())
        .isEqualTo(
            "{\"name\":\"FloatDistribution\",\"attributes\":{\"step\":null,\"low\":1.0E-5,\"high\":1.0,\"log\":true}}");
    assertThat(trial.path("datetime_start").asText())
        .startsWith("2026-11-22T10:00:00.050000+00:00");
  }

  @Test
  void optunaLoadsIt() throws Exception {
    Path file = temporary.resolve("conditional.log");
    Files.writeString(file, OptunaJournal.of(Studies.view(Studies.conditional())));
    Path several = temporary.resolve("several.log");
    Files.writeString(several, OptunaJournal.of(Studies.view(Studies.several())));

    String said =
        Peers.python(
            "optuna",
            """
            import sys, optuna
            from optuna.storages import JournalStorage
            from optuna.storages.journal import JournalFileBackend
            for file in sys.argv[1:]:
                storage = JournalStorage(JournalFileBackend(file))
                study = optuna.load_study(study_name=None, storage=storage)
                states = [t.state.name for t in study.trials]
                print(study.study_name, len(study.trials), states.count('COMPLETE'), states.count('PRUNED'), states.count('FAIL'))
                if len(study.directions) == 1:
                    print('best', study.best_trial.number, study.best_params)
                    study.ask()
                else:
                    print('front', len(study.best_trials))
            """,
            file,
            several);

    StudyView view = Studies.view(Studies.conditional());
    Trial best = view.replay().history().incumbent().orElseThrow();
    assertThat(said)
        .contains("conditional 120 104 8 8")
        .contains("best " + best.number() + " ")
        .contains("'parameters.rate': " + best.assignment().number("parameters.rate"))
        .contains("several 150 150 0 0")
        .contains("front ");
  }
}
