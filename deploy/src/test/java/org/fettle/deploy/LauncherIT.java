package org.fettle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.fettle.deploy.Sandbox.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher of a distribution hands to Spark and to Fettle. */
class LauncherIT {
  @TempDir Path folder;
  private Sandbox sandbox;

  @BeforeEach
  void unpack() throws Exception {
    sandbox = Sandbox.distribution(folder);
  }

  @Test
  void takesSparksOptionsFromWhereverTheyStand() throws Exception {
    Result result =
        sandbox.run(
            "--master",
            "yarn",
            "run",
            "a job.yaml",
            "--conf=spark.x=1=2",
            "--set",
            "a=b c",
            "--driver-memory",
            "3g",
            "--output",
            "o",
            "--conf",
            "spark.y=",
            "");

    assertThat(result.arguments())
        .containsExactly("run", "a job.yaml", "--set", "a=b c", "--output", "o", "");
    assertThat(result.values("--master")).containsExactly("yarn");
    assertThat(result.values("--driver-memory")).containsExactly("3g");
    assertThat(result.values("--conf")).containsSubsequence("spark.x=1=2", "spark.y=");
    assertThat(result.values("--class")).containsExactly("org.fettle.driver.cli.Main");
  }

  @Test
  void leavesAllAfterTwoDashesAlone() throws Exception {
    Result result = sandbox.run("run", "--", "--master", "yarn");

    assertThat(result.arguments()).containsExactly("run", "--", "--master", "yarn");
    assertThat(result.values("--master")).isEmpty();
  }

  @Test
  void putsDefaultsBeforeTheUsersSettingsWhichThereforeBeatThem() throws Exception {
    Result result = sandbox.run("run", "job.yaml", "--conf", "spark.port.maxRetries=9");

    assertThat(result.values("--conf"))
        .containsSubsequence("spark.port.maxRetries=64", "spark.port.maxRetries=9")
        .contains(
            "spark.master=local[*]",
            "spark.sql.shuffle.partitions=8",
            "spark.executorEnv.OMP_NUM_THREADS=1",
            "spark.executor.defaultJavaOptions=-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
  }

  @Test
  void leavesOutDefaultsThatThePropertiesFileSets() throws Exception {
    Sandbox.write(
        sandbox.sparkHome.resolve("conf/spark-defaults.conf"),
        "spark.master yarn\n  spark.sql.shuffle.partitions=99\nspark.driver.memory: 9g\n");
    assertThat(sandbox.run("run", "job.yaml").values("--conf"))
        .noneMatch(
            conf -> conf.matches("spark\\.(master|sql\\.shuffle\\.partitions|driver\\.memory)=.*"))
        .contains("spark.port.maxRetries=64");

    Path file = folder.resolve("my settings");
    Sandbox.write(file, "spark.port.maxRetries 1\n");
    assertThat(
            sandbox.run("run", "job.yaml", "--properties-file", file.toString()).values("--conf"))
        .noneMatch(conf -> conf.startsWith("spark.port.maxRetries="))
        .contains("spark.sql.shuffle.partitions=8");
  }

  @Test
  void validatesOnOneCoreUnlessAMasterIsGiven() throws Exception {
    assertThat(sandbox.run("validate", "job.yaml").values("--conf"))
        .contains("spark.master=local[1]")
        .doesNotContain("spark.master=local[*]");

    Result result = sandbox.run("validate", "job.yaml", "--master=yarn");
    assertThat(result.values("--master")).containsExactly("yarn");
  }

  @Test
  void checksASubmissionHereAndHandsSparksOptionsOn() throws Exception {
    Result result =
        sandbox.run(
            "submit",
            "--target",
            "yarn",
            "--queue",
            "q",
            "job.yaml",
            "--jars=a.jar",
            "--supervise",
            "--conf",
            "spark.x=1",
            "--deploy-mode",
            "cluster");

    assertThat(result.arguments())
        .containsExactly(
            "submit",
            "--target",
            "yarn",
            "job.yaml",
            "--",
            "--queue",
            "q",
            "--jars",
            "a.jar",
            "--supervise",
            "--conf",
            "spark.x=1",
            "--deploy-mode",
            "cluster");
    assertThat(result.values("--deploy-mode")).containsExactly("client");
    assertThat(result.values("--jars")).containsExactly("a.jar");
    assertThat(result.values("--queue")).isEmpty();
    assertThat(result.values("--conf"))
        .contains("spark.master=local[1]")
        .doesNotContain("spark.x=1");
  }

  @Test
  void namesNoFileOfThisMachineToADriverOnTheCluster() throws Exception {
    assertThat(sandbox.run("run", "job.yaml").values("--conf"))
        .anyMatch(conf -> conf.startsWith("spark.scheduler.allocation.file="));
    assertThat(
            sandbox
                .run("run", "job.yaml", "--master=yarn", "--deploy-mode=cluster")
                .values("--conf"))
        .noneMatch(conf -> conf.startsWith("spark.scheduler.allocation.file="));
  }

  @Test
  void answersWithoutSparkWhatNeedsNone() throws Exception {
    for (String argument : new String[] {"describe", "--help", "-h", "--version", "-V", "help"}) {
      Result result = sandbox.run(argument);
      assertThat(result.output()).contains("org.fettle.driver.cli.Main").endsWith(argument);
      assertThat(result.output()).doesNotContain("--class");
    }
    assertThat(sandbox.run().output()).endsWith("org.fettle.driver.cli.Main");
    assertThat(sandbox.run("run", "--help").output())
        .endsWith("org.fettle.driver.cli.Main", "run", "--help");
  }

  @Test
  void refusesAnOptionWithoutItsValue() throws Exception {
    Result result = sandbox.run("run", "job.yaml", "--master");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.errors())
        .isEqualTo("Option --master must have a value, but was the last argument\n");
  }

  @Test
  void worksThroughSymbolicLinks() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("a link"), Path.of("a distribution"));
    Path command = Files.createSymbolicLink(folder.resolve("f e"), link.resolve("bin/fettle"));

    Result result = sandbox.run(command, "run", "job.yaml");

    assertThat(result.output())
        .contains(sandbox.distribution().toRealPath().resolve("lib/fettle.jar").toString());
  }

  @Test
  void endsWithTheStatusOfWhatItRan() throws Exception {
    for (int status : new int[] {0, 1, 2, 3, 4, 130}) {
      Sandbox.script(
          sandbox.sparkHome.resolve("bin/spark-submit"), "#!/bin/sh\nexit " + status + "\n");
      assertThat(sandbox.run("run", "job.yaml").status()).isEqualTo(status);
    }
  }

  @Test
  void unpacksNativesElsewhereWhereTheHomeFolderCannotBeWritten() throws Exception {
    sandbox.environment.put("HOME", "/dev/null/nobody");

    assertThat(sandbox.run("run", "job.yaml").values("--conf"))
        .anyMatch(
            conf ->
                conf.startsWith("spark.driver.defaultJavaOptions=")
                    && conf.contains("-Dorg.bytedeco.javacpp.cachedir=" + folder));
  }

  @Test
  void keepsAStudyOfThisMachineToThisMachine() throws Exception {
    Sandbox.script(
        sandbox.sparkHome.resolve("bin/spark-submit"),
        "#!/bin/sh\necho \"ip=${SPARK_LOCAL_IP:-} omp=$OMP_NUM_THREADS\"\n");

    assertThat(sandbox.run("run", "job.yaml").output()).containsExactly("ip=127.0.0.1 omp=1");
    assertThat(sandbox.run("run", "job.yaml", "--master", "spark://h:7077").output())
        .containsExactly("ip= omp=1");
  }

  @Test
  void refusesAnotherJava() throws Exception {
    Sandbox.write(sandbox.javaHome.resolve("release"), "JAVA_VERSION=\"21.0.2\"\n");

    Result result = sandbox.run("run", "job.yaml");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.errors())
        .startsWith("Java must be version 17, but " + sandbox.javaHome + "/bin/java is 21.0.2;");
  }

  @Test
  void refusesASparkThatTheJarIsNotFor() throws Exception {
    Sandbox.write(sandbox.sparkHome.resolve("jars/spark-core_2.13-3.5.5.jar"), "");
    Result scala = sandbox.run("run", "job.yaml");
    assertThat(scala.status()).isEqualTo(1);
    assertThat(scala.errors())
        .isEqualTo(
            "SPARK_HOME must be a Spark 3.5 for Scala 2.12, but has spark-core_2.13-3.5.5.jar\n");

    sandbox.environment.put("SPARK_HOME", "");
    Result none = sandbox.run("run", "job.yaml");
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.errors()).startsWith("Cannot find Spark: this distribution has none inside");
  }
}
