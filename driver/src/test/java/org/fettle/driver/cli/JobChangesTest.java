package org.fettle.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobChangesTest {

  private static final Map<String, Object> READ =
      Map.of("data", Map.of("digest", "a"), "modelFile", Map.of("digest", "b"));

  private static JobChanges between(Map<String, Object> began, Map<String, Object> now) {
    return JobChanges.between(began, READ, now, READ);
  }

  @Test
  void toleratesHowLongHowFastAndWhoWatches() {
    JobChanges changes =
        between(
            Map.of("search", Map.of("trials", 20, "suggester", "gp")),
            Map.of(
                "search",
                Map.of("trials", 40, "suggester", "gp"),
                "checkpoint",
                Map.of("keep", 2),
                "tensorboard",
                false,
                "listeners",
                List.of("com.acme.Notify")));

    assertThat(changes.refused()).isEmpty();
    assertThat(changes.harmless())
        .containsExactlyInAnyOrder(
            "search.trials: 20 → 40",
            "checkpoint.keep: nothing → 2",
            "tensorboard: nothing → false",
            "listeners: nothing → [com.acme.Notify]");
  }

  @Test
  void refusesWhatTrialsCannotBeComparedAcross() {
    JobChanges changes =
        between(Map.of("training", Map.of("epochs", 30)), Map.of("training", Map.of("epochs", 20)));

    assertThat(changes.refused()).containsExactly("training.epochs: 30 → 20");
    assertThat(changes.harmless()).isEmpty();
  }

  @Test
  void refusesAnotherFileThatTheNetworkBeginsWith() {
    Map<String, Object> job = Map.of("model", Map.of("file", "model.h5"));
    Map<String, Object> other =
        Map.of("data", Map.of("digest", "a"), "modelFile", Map.of("digest", "c"));

    assertThat(JobChanges.between(job, READ, job, other).refused())
        .containsExactly("modelFile.digest: b → c");
  }
}
