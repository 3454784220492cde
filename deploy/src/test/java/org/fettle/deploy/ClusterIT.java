package org.fettle.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.fettle.deploy.Installation.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole studies by the real command, on one machine and on executors in other processes. */
@Timeout(300)
class ClusterIT {
  private static final String NETWORKS =
      """
      study: tiny
      seed: 7
      data: { source: '%s', format: csv, target: species, task: classification }
      model: { template: mlp, hidden: { repeat: { int: [1, 2] }, of: { int: [4, 8] } } }
      training:
        epochs: 2
        updater: { type: adam, learning-rate: { float: [1.0e-3, 1.0e-1], log: true } }
      validation: { folds: 2 }
      goal: { maximize: accuracy }
      search: { trials: 3, parallel: 1 }
      """
          .formatted(Installation.HOME.resolve("examples/data/iris.csv"));

  private static final String PARABOLA =
      """
      import org.fettle.executor.run.*;
      import org.fettle.search.study.Measurement;

      public final class Parabola implements Objective {
        @Override
        public Measurement evaluate(TrialContext trial) {
          double x = trial.number("x");
          if (trial.trial() == 1) {
            throw new ArithmeticException("no value at " + x);
          }
          return Measurement.of("loss", x * x);
        }
      }
      """;

  @TempDir Path folder;
  private Installation fettle;

  @BeforeEach
  void install() {
    fettle = new Installation(folder);
  }

  @Test
  void aStudyHasTheSameScoresInThisProcessInOthersAndOnACluster() throws Exception {
    String job = fettle.write("tiny.yaml", NETWORKS);

    Ended here = fettle.run("run", job, "--master", "local[2]", "--output", "here").mustBe(0);
    assertThat(here.errors()).contains("[3/3] trial 2").doesNotContain(" WARN ", " ERROR ");
    assertThat(here.output()).contains("3 trials: 3 completed", "Best: trial ");
    Path study = folder.resolve("here/tiny");
    assertThat(study.resolve("result.json")).isRegularFile();
    assertThat(study.resolve("model/schema.json")).isRegularFile();
    assertThat(study.resolve("trials.parquet")).isDirectory();
    Map<String, String> scores = Installation.scores(study);
    assertThat(scores).hasSize(6);

    Ended others =
        fettle
            .run("run", job, "--master", "local-cluster[2,1,1024]", "--output", "others")
            .mustBe(0);
    assertThat(others.errors()).contains("[3/3] trial 2").doesNotContain(" WARN ", " ERROR ");
    assertThat(Installation.scores(folder.resolve("others/tiny"))).isEqualTo(scores);

    try (Cluster cluster = Cluster.start(fettle, folder)) {
      Ended standalone =
          fettle
              .run("run", job, "--master", cluster.master(), "--output", folder.toUri() + "far")
              .mustBe(0);
      assertThat(standalone.errors()).contains("[3/3] trial 2").doesNotContain(" WARN ", " ERROR ");
    }
    assertThat(Installation.scores(folder.resolve("far/tiny"))).isEqualTo(scores);

    Ended table = fettle.run("export", "here/tiny", "--format", "csv").mustBe(0);
    assertThat(table.errors()).isEmpty();
    String[] lines = table.output().split("\n");
    assertThat(lines).hasSize(4);
    assertThat(lines[0].split(",")).contains("number", "accuracy");
    assertThat(lines).allMatch(line -> line.split(",", -1).length == lines[0].split(",").length);
  }

  @Test
  void executorsInOtherProcessesFindTheUsersObjective() throws Exception {
    String jar = fettle.jar("Parabola", PARABOLA);
    String job =
        fettle.write(
            "parabola.yaml",
            """
            study: parabola
            objective: Parabola
            parameters: { x: { float: [-1, 1] } }
            goal: { minimize: loss }
            search: { trials: 4 }
            """);

    Ended ended =
        fettle.run("run", job, "--master", "local-cluster[2,1,1024]", "--jars", jar).mustBe(0);

    assertThat(ended.errors()).doesNotContain(" WARN ", " ERROR ").contains("[4/4] trial ");
    assertThat(ended.output()).contains("4 trials: 3 completed");
    assertThat(Installation.scores(folder.resolve("studies/parabola"))).hasSize(3);
  }

  /** A standalone master and one worker on this machine. */
  private record Cluster(String master, Process masterProcess, Process worker)
      implements AutoCloseable {

    private static final String LOG =
        """
        rootLogger.level = error
        rootLogger.appenderRef.console.ref = console
        appender.console.type = Console
        appender.console.name = console
        appender.console.layout.type = PatternLayout
        appender.console.layout.pattern = %m%n
        logger.deploy.name = org.apache.spark.deploy
        logger.deploy.level = info
        """;

    static Cluster start(Installation fettle, Path folder) throws IOException {
      String log = fettle.write("log4j2.properties", LOG);
      Process master = daemon(fettle, log, "org.apache.spark.deploy.master.Master", "--port", "0");
      String line = Installation.await(master.inputReader(UTF_8), "Starting Spark master at ");
      String url = line.substring(line.indexOf("spark://"));
      Process worker =
          daemon(
              fettle,
              log,
              "org.apache.spark.deploy.worker.Worker",
              "--cores",
              "2",
              "--memory",
              "1g",
              "--work-dir",
              Files.createDirectory(folder.resolve("work")).toString(),
              url);
      Cluster cluster = new Cluster(url, master, worker);
      BufferedReader reader = worker.inputReader(UTF_8);
      Installation.await(reader, "Successfully registered with master");
      return cluster;
    }

    private static Process daemon(Installation fettle, String log, String type, String... arguments)
        throws IOException {
      String[] all = new String[arguments.length + 5];
      all[0] = type;
      all[1] = "--host";
      all[2] = "127.0.0.1";
      all[3] = "--webui-port";
      all[4] = "0";
      System.arraycopy(arguments, 0, all, 5, arguments.length);
      ProcessBuilder builder =
          fettle.builder(Installation.HOME.resolve("spark/bin/spark-class"), all);
      builder.environment().put("LOG4J_CONFIGURATION_FILE", log);
      return builder.redirectErrorStream(true).start();
    }

    @Override
    public void close() throws InterruptedException {
      for (Process process : new Process[] {worker, masterProcess}) {
        process.destroy();
        process.waitFor();
      }
    }
  }
}
