package org.fettle.deploy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What no engine here builds, read: every path exists, no root, no moving tags; and monitoring. */
class ImageIT {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Path ROOT = requireNonNull(MODULE.getParent());
  private static final Pattern COPY = Pattern.compile("COPY (--from=(\\S+) )?(.+) (\\S+)");
  private static final Pattern METRIC = Pattern.compile("metrics_fettle_driver_fettle_\\w+");

  /** Instructions, each with its continuations. */
  private static List<String> instructions() throws Exception {
    List<String> instructions = new ArrayList<>();
    String text = Files.readString(MODULE.resolve("docker/Dockerfile")).replace("\\\n", " ");
    text.lines()
        .map(line -> line.strip().replaceAll("\\s+", " "))
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(instructions::add);
    return instructions;
  }

  @Test
  void everyPathThatIsCopiedExists() throws Exception {
    int found = 0;
    for (String instruction : instructions()) {
      if (!instruction.startsWith("COPY ")) {
        continue;
      }
      Matcher copy = COPY.matcher(instruction);
      assertThat(copy.matches()).as(instruction).isTrue();
      String stage = copy.group(2);
      for (String source : copy.group(3).split(" ")) {
        if (stage == null) {
          assertThat(ROOT.resolve(source)).exists();
          found++;
        } else if (source.startsWith("/build/deploy/target/fettle/")) {
          String part = source.substring("/build/deploy/target/fettle/".length());
          assertThat(Installation.HOME.resolve(part)).exists();
          found++;
        }
      }
    }
    assertThat(found).isGreaterThan(12);
  }

  @Test
  void imagesHaveFixedTagsAndNoRoot() throws Exception {
    List<String> instructions = instructions();
    List<String> stages = new ArrayList<>();
    for (String instruction : instructions) {
      if (instruction.startsWith("FROM ")) {
        String image = instruction.split(" ")[1];
        assertThat(image).matches(".+:.*[0-9]+\\.[0-9]+.*");
        stages.add(instruction.substring(instruction.lastIndexOf(' ') + 1));
      }
      assertThat(instruction).doesNotStartWith("ADD ").doesNotContain("sudo", "chmod 777", "curl");
    }
    assertThat(stages).contains("cpu", "cuda");
    for (String last : List.of("cpu", "cuda")) {
      List<String> own = ofStage(instructions, last);
      assertThat(own).contains("USER 10001:10001");
      assertThat(own.subList(own.indexOf("USER 10001:10001") + 1, own.size()))
          .containsExactly("ENTRYPOINT [\"/opt/fettle/docker/entrypoint.sh\"]", "CMD [\"--help\"]");
    }
  }

  private static List<String> ofStage(List<String> instructions, String stage) {
    List<String> own = new ArrayList<>();
    boolean inside = false;
    for (String instruction : instructions) {
      if (instruction.startsWith("FROM ")) {
        inside = instruction.endsWith(" AS " + stage);
      } else if (inside) {
        own.add(instruction);
      }
    }
    return own;
  }

  /** Names as {@link StandaloneIT} sees them on Spark's page. */
  @Test
  void dashboardAndAlertsAskForMetricsThatThereAre() throws Exception {
    JsonNode dashboard =
        new ObjectMapper().readTree(MODULE.resolve("monitoring/dashboard.json").toFile());
    assertThat(dashboard.path("panels")).hasSizeGreaterThan(6);
    String alerts = Files.readString(MODULE.resolve("monitoring/alerts.yaml"));
    assertThat(new Load(LoadSettings.builder().build()).loadFromString(alerts)).isNotNull();
    Matcher asked = METRIC.matcher(dashboard.toString() + alerts);
    int found = 0;
    while (asked.find()) {
      String name = asked.group().substring("metrics_fettle_driver_fettle_".length());
      assertThat(name)
          .matches(
              "(trials_(running|completed|pruned|failed|infeasible|limit)|best|slots|runs_waiting"
                  + "|journal_lag_seconds)_Value|(suggestion|journal_append)_(50|99)thPercentile");
      found++;
    }
    assertThat(found).isGreaterThan(15);
  }
}
