package org.fettle.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.client.HdfsAdmin;
import org.fettle.deploy.Installation.Ended;
import org.fettle.driver.store.Holder;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.JournalStore;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyFolder;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Studies on real HDFS whose drivers and daemons are killed. */
@Timeout(300)
class SurvivalIT {
  private static final Path PROGRAM = Path.of("benchmarks/survival/Survivor.java");
  private static final int TRIALS = 40;
  private static final int KILLS = 8;
  private static final String SLOW =
      """
      import java.util.concurrent.CountDownLatch;
      import java.util.concurrent.TimeUnit;
      import org.fettle.executor.run.*;
      import org.fettle.search.study.Measurement;

      public final class Slow implements Objective {
        @Override
        public Measurement evaluate(TrialContext trial) throws InterruptedException {
          new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
          return Measurement.of("loss", trial.number("x") + trial.seed() % 100 / 1e4);
        }
      }
      """;

  @TempDir static Path shared;
  private static HadoopCluster cluster;
  private static Path classes;
  private static List<JournalEvent> whole;

  @TempDir Path folder;

  @BeforeAll
  static void begin() throws Exception {
    cluster = HadoopCluster.hdfs(shared.resolve("cluster"));
    classes = Files.createDirectory(shared.resolve("classes"));
    Installation.compile(classes, PROGRAM.toAbsolutePath().toString());
    Process process = survivor("whole");
    assertThat(process.inputReader(UTF_8).lines()).containsExactly("READY", "DONE");
    whole = timeless("whole");
    assertThat(whole).filteredOn(JournalEvent.TrialEnded.class::isInstance).hasSize(TRIALS);
  }

  @AfterAll
  static void end() throws Exception {
    cluster.close();
  }

  private static String uri(String study) {
    return cluster.uri() + "/studies/" + study;
  }

  private static StudyFolder study(String name) {
    return StudyFolder.at(uri(name), cluster.configuration());
  }

  private static Process survivor(String study, String... settings) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                "%s:%s:%s"
                    .formatted(
                        classes,
                        Installation.HOME.resolve("lib/fettle.jar"),
                        Installation.HOME.resolve("spark/jars") + "/*"),
                "Survivor",
                uri(study),
                "" + TRIALS,
                "dfs.client.block.write.replace-datanode-on-failure.enable=false",
                "ipc.client.connect.max.retries=1"));
    command.addAll(List.of(settings));
    return new ProcessBuilder(command).redirectError(errors(study).toFile()).start();
  }

  private static Path errors(String study) {
    return shared.resolve(study + ".err");
  }

  /** What happened to the trials, without sessions and times. */
  private static List<JournalEvent> timeless(String name) {
    List<JournalEvent> events = new ArrayList<>();
    for (JournalEvent event : study(name).events()) {
      if (event instanceof JournalEvent.TrialStarted started) {
        events.add(
            new JournalEvent.TrialStarted(
                Instant.EPOCH, started.trial(), started.assignment(), started.origin()));
      } else if (event instanceof JournalEvent.FoldEnded fold) {
        events.add(
            new JournalEvent.FoldEnded(
                Instant.EPOCH,
                fold.trial(),
                fold.fold(),
                fold.measurement(),
                fold.reports(),
                fold.seconds()));
      } else if (event instanceof JournalEvent.TrialEnded ended) {
        events.add(new JournalEvent.TrialEnded(Instant.EPOCH, ended.trial(), ended.outcome()));
      }
    }
    return events;
  }

  @Test
  void aDriverKilledAgainAndAgainDoesEachTrialOnce() throws Exception {
    long seed = Long.getLong("tests.seed", 1);
    SplittableRandom random = new SplittableRandom(seed);
    int killed = 0;
    boolean done = false;
    while (!done) {
      Process process = survivor("killed");
      BufferedReader output = process.inputReader(UTF_8);
      if (killed < KILLS) {
        Installation.await(output, "READY");
        done = process.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        killed++;
      } else {
        assertThat(output.lines()).containsExactly("READY", "DONE");
        done = true;
      }
    }

    assertThat(timeless("killed")).as("seed %d, killed %d times", seed, killed).isEqualTo(whole);
    assertThat(killed).isGreaterThan(2);
    assertThat(errors("killed")).content().doesNotContain("sign of life");
  }

  @Test
  void aStudyOutlivesItsNameNodeAndDataNodes() throws Exception {
    Process process = survivor("orphaned");
    Installation.await(process.inputReader(UTF_8), "READY");
    cluster.kill();
    cluster = HadoopCluster.hdfs(shared.resolve("cluster"));

    assertThat(process.waitFor()).as(Files.readString(errors("orphaned"))).isEqualTo(0);

    FileSystem.closeAll(); // This JVM is still connected to the name node that died.
    assertThat(timeless("orphaned")).isEqualTo(whole);
    assertThat(errors("orphaned"))
        .content()
        .contains("the study waits up to 600 s and tries again")
        .contains("The file system is back; the study goes on");
  }

  @Test
  void aStudyWaitsForRoom() throws Exception {
    Configuration hadoop = cluster.configuration();
    HdfsAdmin admin = new HdfsAdmin(URI.create(cluster.uri()), hadoop);
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(uri("full"));
    try (FileSystem files = cluster.files()) {
      files.mkdirs(path);
    }
    Process process = survivor("full");
    Installation.await(process.inputReader(UTF_8), "READY");
    admin.setSpaceQuota(path, 1);
    while (!Files.readString(errors("full")).contains("tries again")) {
      assertThat(process.waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
    }
    admin.clearSpaceQuota(path);

    assertThat(process.waitFor()).as(Files.readString(errors("full"))).isEqualTo(0);

    assertThat(timeless("full")).isEqualTo(whole);
    assertThat(errors("full")).content().contains("quota");
  }

  @Test
  void aStudyThatFindsNoRoomEndsWithWhatToDo() throws Exception {
    HdfsAdmin admin = new HdfsAdmin(URI.create(cluster.uri()), cluster.configuration());
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(uri("too-full"));
    try (FileSystem files = cluster.files()) {
      files.mkdirs(path);
    }
    Process process = survivor("too-full", "fettle.store.patience=1s");
    Installation.await(process.inputReader(UTF_8), "READY");
    admin.setSpaceQuota(path, 1);
    assertThat(process.waitFor()).isEqualTo(3);
    assertThat(errors("too-full"))
        .content()
        .contains("raise the quota or delete what is not needed, then: fettle resume");
    admin.clearSpaceQuota(path);

    assertThat(survivor("too-full").waitFor()).isEqualTo(0);
    assertThat(timeless("too-full")).isEqualTo(whole);
  }

  @Test
  void filesHaveThePermissionsOfTheUmask() throws Exception {
    Configuration hadoop = cluster.configuration();
    hadoop.set("fs.permissions.umask-mode", "027");
    hadoop.setBoolean("fs.hdfs.impl.disable.cache", true);
    StudyFolder folder = StudyFolder.at(uri("masked"), hadoop);
    Holder holder = Holder.here("ada", "", 0, Instant.EPOCH);
    Outcome outcome = new Outcome.Completed(Measurement.of("loss", 1));
    try (JournalStore journal = folder.claimJournal(holder, said -> {})) {
      journal.append(List.of(new JournalEvent.TrialEnded(Instant.EPOCH, 0, outcome)));
      journal.append(List.of(new JournalEvent.TrialEnded(Instant.EPOCH, 0, outcome)));
    }
    folder.write(StudyFolder.RESULT, new byte[1]);
    folder.write(StudyFolder.RESULT, new byte[2]);
    try (FileSystem files = cluster.files()) {
      org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(uri("masked"));
      for (FileStatus file : files.listStatus(path)) {
        assertThat(file.getPermission().toString())
            .as("%s", file.getPath())
            .isEqualTo(file.isDirectory() ? "rwxr-x---" : "rw-r-----");
      }
      for (FileStatus file : files.listStatus(new org.apache.hadoop.fs.Path(path, "journal"))) {
        assertThat(file.getPermission().toString()).as("%s", file.getPath()).isEqualTo("rw-r-----");
      }
    }
  }

  @Test
  void ofTwoDriversOnHdfsOneIsRefused() throws Exception {
    Configuration hadoop = cluster.configuration();
    hadoop.set("fettle.lease.time", "3s");
    StudyFolder folder = StudyFolder.at(uri("held"), hadoop);
    Holder holder = Holder.here("ada", "application_1", 1, Instant.EPOCH);
    try (JournalStore journal = folder.claimJournal(holder, said -> {})) {
      Process second = survivor("held", "fettle.lease.time=3s");
      assertThat(second.waitFor()).isEqualTo(3);
      assertThat(errors("held")).content().contains("another driver does: ada on ");

      Holder later = Holder.here("ada", "application_1", 2, Instant.EPOCH);
      try (JournalStore next = folder.claimJournal(later, said -> {})) {
        assertThat(next.session()).isEqualTo(2);
        org.assertj.core.api.Assertions.assertThatThrownBy(
                () ->
                    journal.append(
                        List.of(
                            new JournalEvent.StudyCreated(
                                Instant.EPOCH, 2, java.util.Map.of(), java.util.Map.of()))))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("another driver has taken it over: ada on ");
      }
    }
  }

  /** The command as a person or a cluster starts it anew. */
  @Test
  void theSameCommandGoesOnAfterEachKill() throws Exception {
    Installation fettle = new Installation(folder);
    String jar = fettle.jar("Slow", SLOW);
    String job =
        fettle.write(
            "slow.yaml",
            """
            study: slow
            objective: Slow
            parameters: { x: { float: [0, 1] } }
            goal: { minimize: loss }
            search: { suggester: tpe, trials: 25, parallel: 1 }
            """);
    String[] run = {
      "run", job, "--master", "local[1]", "--jars", jar, "--output", cluster.uri() + "/commands"
    };
    for (String progress : List.of("[4/25]", "[13/25]")) {
      Process process =
          fettle
              .builder(Installation.HOME.resolve("bin/fettle"), run)
              .redirectOutput(folder.resolve("killed.out").toFile())
              .start();
      Installation.await(process.errorReader(UTF_8), progress);
      process.destroyForcibly().waitFor();
      String shown = fettle.run("show", cluster.uri() + "/commands/slow").mustBe(0).output();
      assertThat(shown).startsWith("Study slow, ");
    }
    Ended last = fettle.run(run).mustBe(0);
    assertThat(last.output()).contains("Going on with ").contains("25 trials: 25 completed");
    String whole = folder.toUri() + "whole";
    run[run.length - 1] = whole;
    fettle.run(run).mustBe(0);

    assertThat(scores(fettle, cluster.uri() + "/commands/slow"))
        .isEqualTo(scores(fettle, whole + "/slow"));
  }

  private static List<String> scores(Installation fettle, String study) throws Exception {
    Ended table = fettle.run("export", study, "--format", "json").mustBe(0);
    return table
        .output()
        .lines()
        .filter(line -> !line.contains("started") && !line.contains("ended"))
        .filter(line -> !line.contains("seconds"))
        .toList();
  }
}
