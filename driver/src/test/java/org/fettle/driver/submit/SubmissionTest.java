package org.fettle.driver.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job's way to a cluster comes to. */
class SubmissionTest {
  @TempDir Path home;

  @BeforeEach
  void fillTheDistribution() throws IOException {
    write(
        "conf/spark-defaults.conf",
        """
        spark.master           local[*]
        spark.driver.memory    2g
        spark.executor.defaultJavaOptions -Da=b
        """);
    write("yarn/spark-defaults.conf", "spark.yarn.maxAppAttempts 3\nspark.driver.memory 3g\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Submission submission(Target target, String... options) {
    return submission(target, Optional.empty(), options);
  }

  private Submission submission(Target target, Optional<Path> properties, String... options) {
    return Submission.of(
        target,
        home,
        Path.of("/opt/spark"),
        properties,
        SparkOptions.of(List.of(options)),
        Optional.empty(),
        Path.of("/jobs/my job.yaml"));
  }

  @Test
  void sendsTheJobFileToADriverOnTheCluster() {
    List<String> command =
        submission(Target.YARN, "--files", "a.txt", "--queue", "tuning")
            .with(List.of("--output", "hdfs://h/studies"))
            .command();

    assertThat(command)
        .startsWith("/opt/spark/bin/spark-submit", "--class", "org.fettle.driver.cli.Main")
        .containsSequence("--master", "yarn", "--deploy-mode", "cluster")
        .containsSequence("--conf", "spark.driver.memory=3g")
        .containsSequence("--conf", "spark.yarn.maxAppAttempts=3")
        .containsSequence("--queue", "tuning", "--files", "a.txt,/jobs/my job.yaml")
        .endsWith(home + "/lib/fettle.jar", "run", "my job.yaml", "--output", "hdfs://h/studies")
        .doesNotContain("spark.master=local[*]");
  }

  @Test
  void aDriverOfThisMachineReadsTheJobWhereItIs() {
    assertThat(submission(Target.STANDALONE, "--master", "spark://h:7077").command())
        .containsSequence("--master", "spark://h:7077", "--deploy-mode", "client")
        .endsWith("run", "/jobs/my job.yaml")
        .doesNotContain("--files");
    assertThat(submission(Target.YARN, "--deploy-mode", "client").command())
        .endsWith("run", "/jobs/my job.yaml");
  }

  @Test
  void usersSettingsBeatFettles() throws IOException {
    write("own.conf", "spark.driver.memory=7g\nspark.master=yarn\n");

    assertThat(submission(Target.YARN, Optional.of(home.resolve("own.conf"))).command())
        .noneMatch(word -> word.startsWith("spark.driver.memory="));
    assertThat(submission(Target.YARN, "--driver-memory", "5g").command())
        .containsSequence("--driver-memory", "5g")
        .noneMatch(word -> word.startsWith("spark.driver.memory="));
  }

  @Test
  void theImageHasTheJarAndFilesComeThroughTheOutput() {
    Submission submission =
        submission(
            Target.KUBERNETES,
            "--master",
            "k8s://https://h",
            "--conf",
            "spark.kubernetes.container.image=i");

    assertThat(submission.problems()).isEmpty();
    assertThat(submission.uploadingTo("s3a://b/studies/_upload").command())
        .containsSequence("--conf", "spark.kubernetes.file.upload.path=s3a://b/studies/_upload")
        .contains("local:///opt/fettle/lib/fettle.jar");
  }

  @Test
  void theLineCanBePastedIntoAShell() {
    String line = submission(Target.YARN, "--name", "it's").line();

    assertThat(line)
        .startsWith("/opt/spark/bin/spark-submit \\\n  --class ")
        .contains("\\\n  --name 'it'\\''s' \\\n", " run 'my job.yaml'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.authenticate.secret=x",
        "spark.hadoop.fs.s3a.secret.key=x",
        "spark.hadoop.fs.s3a.access.key=x",
        "spark.ssl.keyPassword=x",
        "spark.ssl.ui.keyStorePassword=123456",
        "spark.my.token=x"
      })
  void refusesSecretsOnTheCommandLine(String setting) {
    assertThat(submission(Target.YARN, "--conf", setting).problems())
        .singleElement()
        .asString()
        .contains(setting.split("=")[0], "must not be on a command line")
        .doesNotContain(setting);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.kubernetes.driver.secrets.store=/etc/store",
        "spark.kubernetes.executor.secretKeyRef.KEY=store:key",
        "spark.kubernetes.authenticate.submission.oauthTokenFile=/t",
        "spark.security.credentials.hbase.enabled=false"
      })
  void takesTheNamesOfSecrets(String setting) {
    assertThat(submission(Target.YARN, "--conf", setting).problems()).isEmpty();
  }

  @Test
  void saysWhatSparkWouldFailOn() {
    assertThat(submission(Target.KUBERNETES).problems())
        .containsExactly(
            "--master must be given for kubernetes: k8s://https://HOST:PORT",
            "--conf spark.kubernetes.container.image must name Fettle's image (deploy/docker)");
    assertThat(submission(Target.STANDALONE, "--master", "yarn").problems())
        .containsExactly("--master must begin with spark:// for --target standalone, but was yarn");
    assertThat(
            submission(Target.STANDALONE, "--master", "spark://h:1", "--deploy-mode", "cluster")
                .problems())
        .singleElement()
        .asString()
        .startsWith("--deploy-mode must be client on a standalone cluster");
    assertThatThrownBy(() -> SparkOptions.of(List.of("--queue")))
        .hasMessage("Option --queue must have a value, but was the last argument");
    assertThatThrownBy(() -> SparkOptions.of(List.of("queue")))
        .hasMessage("Option of Spark must begin with --, but was queue");
  }

  @Test
  void saysWhichSettingIsNoNumber() {
    assertThat(submission(Target.YARN, "--num-executors", "two").problems())
        .containsExactly("spark.executor.instances must be a whole number, but was two");
    assertThat(submission(Target.YARN, "--executor-memory", "much").problems())
        .containsExactly("spark.executor.memory must be a size such as 512m or 2g, but was much");
    assertThat(submission(Target.YARN, "--conf", "spark.task.resource.gpu.amount=half").problems())
        .containsExactly("spark.task.resource.gpu.amount must be a number, but was half");
  }

  @Test
  void memoryBesideTheHeapHoldsTheArrays() {
    Submission.Sized sized =
        submission(Target.YARN, "--executor-cores", "4", "--num-executors", "3")
            .sized(
                new Load(
                    5, OptionalInt.empty(), OptionalInt.of(100), OptionalLong.of(100 << 20), 0));

    // 256 + 4 × 128 + 3 × 101, in steps of 64; and 384 for the JVM.
    assertThat(sized.submission().command())
        .contains(
            "spark.executor.memoryOverhead=1472m",
            "spark.executor.defaultJavaOptions=-Da=b -Dorg.bytedeco.javacpp.maxBytes=1088m");
    assertThat(sized.advice())
        .containsExactly(
            "Size: 3 executors, each with room for 4 runs, 1024 MiB heap and 1472 MiB beside it"
                + " (arrays: 1088 MiB)",
            "Expect 12 runs at once, of 4 trials in flight (5 runs a trial)");
  }

  @Test
  void advisesOnPlacesThatWouldStayEmptyOrAreTooFew() {
    assertThat(
            submission(Target.YARN, "--num-executors", "8")
                .sized(new Load(1, OptionalInt.of(3), OptionalInt.empty(), OptionalLong.empty(), 0))
                .advice())
        .contains(
            "5 of 8 places would stay empty: raise search.parallel or ask for fewer executors");
    assertThat(
            submission(Target.YARN, "--num-executors", "2")
                .sized(
                    new Load(5, OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty(), 0))
                .advice())
        .contains(
            "A trial has more runs than there are places: with 5, its folds would train side by"
                + " side");
    assertThat(
            submission(Target.YARN, "--conf", "spark.executor.memoryOverhead=400m")
                .sized(
                    new Load(1, OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty(), 0))
                .advice())
        .anyMatch(line -> line.startsWith("spark.executor.memoryOverhead should be at least 832"));
    assertThat(
            submission(Target.YARN, "--conf", "spark.executor.memoryOverhead=832m")
                .sized(
                    new Load(
                        1, OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty(), 100))
                .advice())
        .anyMatch(line -> line.startsWith("spark.executor.memoryOverhead should be at least 932"));
  }

  @Test
  void gpusLimitTheRunsOfAnExecutor() {
    assertThat(
            submission(
                    Target.YARN,
                    "--executor-cores",
                    "8",
                    "--conf",
                    "spark.executor.resource.gpu.amount=1",
                    "--conf",
                    "spark.task.resource.gpu.amount=0.25")
                .sized(
                    new Load(1, OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty(), 0))
                .advice()
                .get(0))
        .contains("2 executors, each with room for 4 runs");
  }
}
