package org.fettle.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.fettle.driver.report.Studies;
import org.fettle.driver.study.StudyControl;
import org.fettle.driver.study.StudyListener;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** What a run tells scripts, listeners and readers, and what the other commands make of a study. */
class WatchedRunTest extends CommandLineFixture {

  /** A listener as a user writes one. */
  public static final class Notify implements StudyListener {
    static final List<String> HEARD = new CopyOnWriteArrayList<>();
    private StudyControl control;

    @Override
    public void studyStarted(History history, StudyControl study) {
      HEARD.clear();
      control = study;
    }

    @Override
    public void trialEnded(History history, Trial trial) {
      HEARD.add("trial " + trial.number());
      if (trial.number() == 1) {
        control.stop("enough for a test");
      }
    }
  }

  /** None that can be made. */
  public static final class Shy implements StudyListener {
    private Shy() {}
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void printsJsonForScripts() throws IOException {
    Path job = write("json/job.yaml", BOWL);
    Ended ended = fettle("run", job, "--json", "--output", temporary.resolve("json"));

    assertThat(ended.status()).as(ended.err()).isEqualTo(0);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : ended.out().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    assertThat(lines.get(0).path("event").asText()).isEqualTo("study-created");
    assertThat(lines)
        .filteredOn(line -> line.path("event").asText().equals("trial-ended"))
        .hasSize(6);
    JsonNode last = lines.get(lines.size() - 1);
    assertThat(last.path("event").asText()).isEqualTo("result");
    assertThat(last.path("status").asText()).isEqualTo("done");
    assertThat(last.at("/best/scores/loss/mean").isNumber()).isTrue();
    assertThat(last.path("study").asText()).endsWith("/json/bowl");
    assertThat(fettle("run", job, "--json", "--quiet").status()).isEqualTo(2);
  }

  @Test
  void leavesAReportAndAFragmentThatAJobTakes() throws IOException {
    Path job = write("report/job.yaml", BOWL);
    Ended ended = fettle("run", job, "--quiet", "--output", temporary.resolve("report"));

    assertThat(ended.status()).as(ended.err()).isEqualTo(0);
    Path folder = temporary.resolve("report/bowl");
    assertThat(Jsoup.parse(Files.readString(folder.resolve("report.html"))).title())
        .isEqualTo("bowl · Fettle");
    assertThat(folder.resolve("tensorboard")).isDirectoryContaining("glob:**/trial-00005");
    String fragment = ended.out().substring(ended.out().indexOf("parameters:\n  x: "));
    fragment = fragment.substring(0, fragment.indexOf("\n\n") + 1);
    String pasted =
        BOWL.substring(0, BOWL.indexOf("parameters:"))
            + fragment
            + BOWL.substring(BOWL.indexOf("goal:"));
    Ended validated = fettle("validate", write("report/pasted.yaml", pasted));
    assertThat(validated.status()).as(pasted + validated.err()).isEqualTo(0);
  }

  @Test
  void aListenerMayEndTheStudy() throws IOException {
    Path job = write("listen/job.yaml", BOWL);
    Ended ended =
        fettle(
            "run",
            job,
            "--output",
            temporary.resolve("listen"),
            "--set",
            "search.trials=500",
            "--set",
            "tensorboard=false",
            "--set",
            "listeners=['" + Notify.class.getName() + "']");

    assertThat(ended.status()).as(ended.err()).isEqualTo(0);
    assertThat(ended.out()).contains("Stopped: enough for a test");
    assertThat(Notify.HEARD).startsWith("trial 0", "trial 1").hasSizeLessThan(500);
    assertThat(temporary.resolve("listen/bowl/tensorboard")).doesNotExist();
  }

  @Test
  void refusesListenersThatAreNone() throws IOException {
    Path job = write("bad-listener/job.yaml", BOWL);
    Ended ended =
        fettle(
            "run",
            job,
            "--set",
            "listeners=[com.acme.Missing, java.lang.String, '" + Shy.class.getName() + "']");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .contains("listeners[0]  must be a class on the class path, but was com.acme.Missing")
        .contains("listeners[1]  must implement org.fettle.driver.study.StudyListener")
        .contains("listeners[2]  must have a public constructor without arguments");
  }

  @Test
  void aTrackingServerThatIsGoneHarmsNothing() throws IOException {
    Path job = write("gone/job.yaml", BOWL);
    Ended ended =
        fettle(
            "run",
            job,
            "--output",
            temporary.resolve("gone"),
            "--set",
            "mlflow={tracking-uri: 'http://127.0.0.1:9'}");

    assertThat(ended.status()).as(ended.err()).isEqualTo(0);
    assertThat(ended.out()).contains("6 trials: 6 completed");
  }

  @Test
  void explainsAndReportsAStudy() throws IOException {
    Path folder = Studies.write(Studies.conditional(), temporary.resolve("made/conditional"));

    Ended explained = fettle("explain", folder);
    assertThat(explained.status()).as(explained.err()).isEqualTo(0);
    assertThat(explained.out())
        .startsWith("Study conditional, 120 trials\n")
        .contains("What mattered for log-loss\n  parameters.rate: ")
        .contains("depends on each of its values\n  parameters.rate = ")
        .contains("How it trains\n  Validation loss still falls")
        .contains("How far the scores can be trusted")
        .contains("What to try next")
        .contains("What the search would try next\n  rate=");

    Path page = temporary.resolve("pages/conditional.html");
    Ended reported = fettle("report", folder, "--to", page);
    assertThat(reported.status()).as(reported.err()).isEqualTo(0);
    assertThat(Jsoup.parse(Files.readString(page)).title()).isEqualTo("conditional · Fettle");
    assertThat(fettle("report", temporary.resolve("nowhere")).status()).isEqualTo(3);
  }

  @Test
  void goesToOptunaAndBack() throws IOException {
    Path folder = Studies.write(Studies.conditional(), temporary.resolve("trip/conditional"));
    Path file = temporary.resolve("trip/optuna.log");
    assertThat(fettle("export", folder, "--format", "optuna-journal", "--to", file).status())
        .isEqualTo(0);

    Path studies = temporary.resolve("trip/studies");
    Ended imported = fettle("import", file, "--study", "back", "--output", studies);

    assertThat(imported.status()).as(imported.err()).isEqualTo(0);
    assertThat(imported.out()).contains("120 trials\n").contains("search: {warm-start: ['file:");
    StoredStudy there = StoredStudy.at(folder.toString());
    StoredStudy back = StoredStudy.at(studies.resolve("back").toString());
    assertThat(back.replay().history().incumbent().orElseThrow().completed())
        .isEqualTo(there.replay().history().incumbent().orElseThrow().completed());
    assertThat(back.replay().history().completed()).hasSize(104);
    assertThat(fettle("report", studies.resolve("back")).status()).isEqualTo(0);
    assertThat(fettle("explain", studies.resolve("back")).status()).isEqualTo(0);
    assertThat(fettle("import", file, "--study", "back", "--output", studies).err())
        .contains("a study is there already");
  }

  /** A journal that Optuna 5.0 wrote, of a study that tuned the bowl under other names. */
  private static final String OPTUNA =
      """
      {"op_code":0,"worker_id":"w","study_name":"theirs","directions":[1]}
      {"op_code":4,"worker_id":"w","study_id":0,"datetime_start":"2026-11-25T17:05:15.062890+00:00"}
      {"op_code":5,"worker_id":"w","trial_id":0,"param_name":"pos","param_value_internal":0.25,"distribution":"{\\"name\\": \\"FloatDistribution\\", \\"attributes\\": {\\"step\\": null, \\"low\\": -2.0, \\"high\\": 2.0, \\"log\\": false}}"}
      {"op_code":5,"worker_id":"w","trial_id":0,"param_name":"kind","param_value_internal":1,"distribution":"{\\"name\\": \\"CategoricalDistribution\\", \\"attributes\\": {\\"choices\\": [\\"deep, \\\\\\"dark\\\\\\"\\", \\"flat\\"]}}"}
      {"op_code":7,"worker_id":"w","trial_id":0,"step":0,"intermediate_value":0.5}
      {"op_code":6,"worker_id":"w","trial_id":0,"state":1,"values":[0.0625],"datetime_complete":"2026-11-25T17:05:16.124479+00:00"}
      {"op_code":4,"worker_id":"w","study_id":0,"datetime_start":"2026-11-25T17:05:16.130477+00:00"}
      {"op_code":5,"worker_id":"w","trial_id":1,"param_name":"pos","param_value_internal":1.75,"distribution":"{\\"name\\": \\"FloatDistribution\\", \\"attributes\\": {\\"step\\": null, \\"low\\": -2.0, \\"high\\": 2.0, \\"log\\": false}}"}
      {"op_code":6,"worker_id":"w","trial_id":1,"state":1,"values":[3.0625],"datetime_complete":"2026-11-25T17:05:17.161708+00:00"}
      {"op_code":4,"worker_id":"w","study_id":0,"datetime_start":"2026-11-25T17:05:17.230477+00:00"}
      {"op_code":6,"worker_id":"w","trial_id":2,"state":3,"values":null,"datetime_complete":"2026-11-25T17:05:18.161708+00:00"}
      """;

  @Test
  void takesOptunasTrialsIntoAJobThatLearnsFromThem() throws IOException {
    Path file = write("theirs/optuna.log", OPTUNA);
    Path job = write("theirs/job.yaml", BOWL);
    Path studies = temporary.resolve("theirs/studies");

    Ended imported =
        fettle(
            "import",
            file,
            "--study",
            "earlier",
            "--output",
            studies,
            "--job",
            job,
            "--map",
            "pos=x");

    assertThat(imported.status()).as(imported.err()).isEqualTo(0);
    assertThat(imported.out()).contains("1 trials, 2 do not fit");
    Trial trial = StoredStudy.at(studies.resolve("earlier").toString()).replay().history().trial(0);
    assertThat(trial.assignment().values())
        .containsEntry("parameters.x", 0.25)
        .containsEntry("parameters.kind", "flat");
    assertThat(trial.completed().orElseThrow().value("loss")).isEqualTo(0.0625);

    Ended warm =
        fettle(
            "run",
            job,
            "--quiet",
            "--output",
            studies,
            "--set",
            "search={suggester: tpe, trials: 2, warm-start: ['" + studies + "/earlier']}");
    assertThat(warm.status()).as(warm.err()).isEqualTo(0);
    assertThat(
            StoredStudy.at(studies.resolve("bowl").toString())
                .replay()
                .history()
                .trial(0)
                .assignment())
        .isEqualTo(trial.assignment());
    Path other =
        write("theirs/other.yaml", BOWL.replace("  x:", "  z:").replace("  kind:", "  sort:"));
    assertThat(fettle("import", file, "--study", "none", "--output", studies, "--job", other).err())
        .contains("None of the journal's 3 trials fits the job");
    assertThat(fettle("import", job, "--study", "no", "--output", studies).err())
        .contains("Cannot read line 1 of the journal");
  }
}
