package org.fettle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fettle.deploy.Installation.Ended;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Studies on a real HDFS and YARN under Kerberos, for a user who has a keytab and no ticket. */
@Timeout(400)
class KerberosIT {
  private static final String PRINCIPAL = "analyst@FETTLE.TEST";

  /** As {@code YarnIT} has them; on machines of a cluster krb5.conf is in its place. */
  private static final String SETTINGS =
      """
      spark.yarn.jars                  local:%1$s/spark/jars/*
      spark.driver.memory              512m
      spark.driver.memoryOverhead      256m
      spark.executor.memory            512m
      spark.yarn.am.memory             256m
      spark.driver.extraJavaOptions    %2$s
      spark.executor.extraJavaOptions  %2$s
      spark.yarn.am.extraJavaOptions   %2$s
      spark.yarn.report.interval       500ms
      """;

  /**
   * An objective that waits until its executor has another token for HDFS than at first, which one
   * with Kerberos' own credentials would not need, and writes with it.
   */
  private static final String TOKENS =
      """
      import java.nio.charset.StandardCharsets;
      import java.util.concurrent.locks.LockSupport;
      import org.apache.hadoop.conf.Configuration;
      import org.apache.hadoop.fs.FileSystem;
      import org.apache.hadoop.fs.Path;
      import org.apache.hadoop.security.UserGroupInformation;
      import org.apache.hadoop.security.token.Token;
      import org.apache.hadoop.security.token.delegation.AbstractDelegationTokenIdentifier;
      import org.apache.spark.deploy.SparkHadoopUtil;
      import org.fettle.executor.run.*;
      import org.fettle.search.study.Measurement;

      public final class Tokens implements Objective {
        @Override
        public Measurement evaluate(TrialContext trial) throws Exception {
          int first = number();
          while (number() == first) {
            LockSupport.parkNanos(100_000_000);
          }
          Path written = new Path(trial.text("folder"), "by-executor");
          try (FileSystem files = FileSystem.newInstance(written.toUri(), SparkHadoopUtil.get().conf())) {
            files.create(written).close();
            java.nio.file.Files.writeString(
                java.nio.file.Path.of(trial.text("evidence")),
                "%s %s %s".formatted(
                    files.getFileStatus(written).getOwner(),
                    UserGroupInformation.getCurrentUser().hasKerberosCredentials(),
                    number() > first));
          }
          return Measurement.of("loss", trial.number("x"));
        }

        private static int number() throws Exception {
          for (Token<?> token : UserGroupInformation.getCurrentUser().getTokens()) {
            if (token.getKind().toString().equals("HDFS_DELEGATION_TOKEN")) {
              return ((AbstractDelegationTokenIdentifier) token.decodeIdentifier()).getSequenceNumber();
            }
          }
          throw new IllegalStateException("No token for HDFS");
        }
      }
      """;

  @TempDir static Path shared;
  private static HadoopCluster hadoop;

  @TempDir Path folder;
  private Installation fettle;
  private String settings;

  @BeforeAll
  static void start() throws Exception {
    hadoop = HadoopCluster.kerberos(shared.resolve("hadoop"));
  }

  @AfterAll
  static void stop() throws Exception {
    hadoop.close();
  }

  @BeforeEach
  void install() throws IOException {
    String java =
        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.security.krb5.conf="
            + hadoop.kerberosFile("krb5.conf");
    fettle =
        new Installation(folder)
            .with("HADOOP_CONF_DIR", hadoop.conf())
            .with("SPARK_SUBMIT_OPTS", java);
    settings = fettle.write("yarn.conf", SETTINGS.formatted(Installation.HOME, java));
  }

  @Test
  void dataGoesUpAndAStudyComesBackUnderKerberos() throws Exception {
    Files.copy(Installation.HOME.resolve("examples/data/iris.csv"), folder.resolve("iris.csv"));
    String job = fettle.write("tiny.yaml", Clusters.tiny("tiny", "iris.csv"));

    Ended ended =
        asAnalyst(
                "submit",
                "--target",
                "yarn",
                job,
                "--output",
                "/studies",
                "--application",
                "local:" + Installation.HOME.resolve("lib/fettle.jar"))
            .mustBe(0);

    assertThat(ended.output()).contains("3 trials: ", "Results: hdfs://");
    assertThat(ended.errors()).contains("[3/3] trial ", "/studies/_data/");
    String keytab = hadoop.kerberosFile("analyst.keytab").toString();
    assertThat(
            fettle
                .run("show", "/studies/tiny", "--principal", PRINCIPAL, "--keytab", keytab)
                .mustBe(0)
                .output())
        .contains("3 trials: ");
    Ended stranger = fettle.run("show", "/studies/tiny").mustBe(3);
    assertThat(stranger.errors())
        .contains("Cannot ", "Client cannot authenticate via:[TOKEN, KERBEROS]");
  }

  @Test
  void executorsHaveTokensAndNewOnesBeforeTheseEnd() throws Exception {
    Path evidence = folder.resolve("evidence");
    String job =
        fettle.write(
            "tokens.yaml",
            """
            study: tokens
            objective: Tokens
            parameters: { x: { float: [0, 1] }, folder: /user/analyst, evidence: '%s' }
            goal: { minimize: loss }
            search: { suggester: random, trials: 1 }
            """
                .formatted(evidence));

    Ended ended =
        asAnalyst(
                "run",
                job,
                "--output",
                "/studies",
                "--master",
                "yarn",
                "--num-executors",
                "1",
                "--jars",
                fettle.jar("Tokens", TOKENS))
            .mustBe(0);

    assertThat(ended.output()).contains("1 trial: 1 completed");
    assertThat(evidence).hasContent("analyst false true");
  }

  private Ended asAnalyst(String... words) throws Exception {
    String[] all = java.util.Arrays.copyOf(words, words.length + 6);
    int next = words.length;
    for (String word :
        new String[] {
          "--properties-file",
          settings,
          "--principal",
          PRINCIPAL,
          "--keytab",
          hadoop.kerberosFile("analyst.keytab").toString()
        }) {
      all[next++] = word;
    }
    return fettle.run(all);
  }
}
