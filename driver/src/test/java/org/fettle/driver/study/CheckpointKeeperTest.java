package org.fettle.driver.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.fettle.driver.job.Catalog;
import org.fettle.driver.job.JobParser;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.store.StudyStatus;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggesters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointKeeperTest {

  @TempDir Path study;

  private static JobSpec job(String suggester) {
    return new JobParser(Catalog.onClassPath())
        .parse(
            """
            study: kept
            objective: org.fettle.driver.study.CheckpointKeeperTest
            parameters: {x: {float: [0, 1]}}
            goal: {minimize: loss}
            search: {suggester: %s}
            """
                .formatted(suggester),
            "job.yaml",
            Path.of("/jobs"),
            List.of())
        .job()
        .orElseThrow();
  }

  /** Runs trials one after the other, each of which leaves a checkpoint; returns what is left. */
  private List<String> left(JobSpec job, int trials) throws IOException, InterruptedException {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    CheckpointKeeper keeper =
        new CheckpointKeeper(job, StudyFolder.at("file:" + study, new Configuration()), thread);
    Suggester suggester =
        Suggesters.named(job.search().suggester().name(), job.search().suggester().settings());
    History history = History.empty(job.studySpec(1));
    for (int number : IntStream.range(0, trials).toArray()) {
      history = suggester.suggest(history, 1).get(0).startedIn(history);
      Path run = Files.createDirectories(study.resolve("checkpoints/" + number + "/0"));
      Files.writeString(run.resolve("000000001.checkpoint"), "state");
      history = history.ended(number, new Outcome.Completed(Measurement.of("loss", number % 3)));
      keeper.trialEnded(history, history.trial(number));
    }
    keeper.studyEnded(history, StudyStatus.INTERRUPTED);
    assertThat(thread.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    try (Stream<Path> folders = Files.list(study.resolve("checkpoints"))) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void nothingIsLeftOfATrialThatEnded() throws Exception {
    assertThat(left(job("random"), 4)).isEmpty();
  }

  /** Three members: trials 0 to 2 are the first generation, 3 to 5 the second, and so on. */
  @Test
  void aPopulationKeepsItsGenerationsAndTheOneBefore() throws Exception {
    assertThat(left(job("{type: pbt, population: 3, generations: 9}"), 9))
        .containsExactly("3", "4", "5", "6", "7", "8");
  }
}
