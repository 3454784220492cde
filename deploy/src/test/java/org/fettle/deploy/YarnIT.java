package org.fettle.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.hadoop.yarn.util.resource.ResourceUtils;
import org.fettle.deploy.Installation.Ended;
import org.fettle.deploy.Installation.Running;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Studies on a real YARN with a real HDFS, of other processes on this machine. */
@Timeout(600)
class YarnIT {
  private static final Duration PATIENCE = Duration.ofSeconds(240);

  /** Small, and Spark's jars where they are, as an administrator would have them on every node. */
  private static final String SETTINGS =
      """
      spark.yarn.jars                  local:%1$s/spark/jars/*
      spark.driver.memory              512m
      spark.driver.memoryOverhead      256m
      spark.executor.memory            512m
      spark.yarn.am.memory             256m
      spark.driver.extraJavaOptions    -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
      spark.executor.extraJavaOptions  -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
      spark.yarn.am.extraJavaOptions   -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
      spark.yarn.report.interval       500ms
      """
          .formatted(Installation.HOME);

  private static final String APPLICATION = "local:" + Installation.HOME.resolve("lib/fettle.jar");

  @TempDir static Path shared;
  private static HadoopCluster hadoop;
  private static FileSystem files;

  @TempDir Path folder;
  private Installation fettle;
  private String settings;

  @BeforeAll
  static void start() throws Exception {
    hadoop = HadoopCluster.hdfsAndYarn(shared.resolve("hadoop"));
    files = hadoop.files();
  }

  @AfterAll
  static void stop() throws Exception {
    files.close();
    hadoop.close();
  }

  @BeforeEach
  void install() throws IOException {
    fettle =
        new Installation(folder)
            .with("HADOOP_CONF_DIR", hadoop.conf())
            .with("SPARK_SUBMIT_OPTS", "-XX:TieredStopAtLevel=1");
    settings = fettle.write("yarn.conf", SETTINGS);
  }

  @Test
  void aDriverOfThisMachineSharesItsQueueAndLosesAnExecutor() throws Exception {
    String jar = fettle.jar("Gated", Clusters.GATED);
    Path gate = folder.resolve("gate");
    String job = fettle.write("gated.yaml", Clusters.gated("shared", gate));
    Running running =
        start(
            "run",
            job,
            "--output",
            "/studies",
            "--jars",
            jar,
            "--master",
            "yarn",
            "--properties-file",
            settings,
            "--queue",
            "tuning",
            "--conf",
            "spark.yarn.executor.nodeLabelExpression=fast",
            "--conf",
            "spark.executor.resource.gpu.amount=1",
            "--conf",
            "spark.executor.resource.gpu.discoveryScript="
                + Installation.HOME.resolve("bin/pretend-gpus"),
            "--conf",
            "spark.executorEnv.FETTLE_GPUS=1",
            "--conf",
            "spark.task.resource.gpu.amount=1",
            "--conf",
            "spark.dynamicAllocation.enabled=true",
            "--conf",
            "spark.dynamicAllocation.shuffleTracking.enabled=true",
            "--conf",
            "spark.dynamicAllocation.minExecutors=1",
            "--conf",
            "spark.dynamicAllocation.maxExecutors=2");

    // Two trials are more than one executor holds: the cluster grows.
    Map<String, Long> waiting = waiting(running, gate, 2);
    long first = waiting.values().iterator().next();
    for (long pid : waiting.values()) {
      assertThat(variable(pid, "NM_PORT")).isEqualTo(fastNode());
    }
    assertThat(Clusters.gpus(gate)).containsExactly("0", "0");
    assertThat(gpusInUse()).isEqualTo(2);
    Clusters.kill(first);
    waiting(running, gate, 3);
    assertThat(queues()).containsExactly("tuning");
    Files.writeString(gate, "open");

    Ended ended = running.waitFor().mustBe(0);
    assertThat(ended.output())
        .contains("4 trials: 4 completed", "Results: " + hadoop.uri() + "/studies/shared");
    assertThat(ended("shared")).isEqualTo(4);
    assertThat(journal("shared")).contains("\"devices\":[\"0\"]");
  }

  @Test
  void sendsANetworkAndItsDataToADriverOnTheCluster() throws Exception {
    Files.copy(Installation.HOME.resolve("examples/data/iris.csv"), folder.resolve("iris.csv"));
    String job = fettle.write("tiny.yaml", Clusters.tiny("tiny", "iris.csv"));

    Ended ended =
        start(
                "submit",
                "--target",
                "yarn",
                job,
                "--output",
                "/studies",
                "--properties-file",
                settings)
            .waitFor()
            .mustBe(0);

    assertThat(ended.output()).contains("--deploy-mode cluster", "3 trials: ", "Best: trial ");
    assertThat(ended.errors()).contains("[3/3] trial ", "/studies/_data/");
    org.apache.hadoop.fs.Path study = new org.apache.hadoop.fs.Path("/studies/tiny");
    for (String name : new String[] {"result.json", "model/schema.json", "trials.parquet"}) {
      assertThat(files.exists(new org.apache.hadoop.fs.Path(study, name))).as(name).isTrue();
    }
    assertThat(journal("tiny")).contains("hdfs://").doesNotContain("file:");
  }

  @Test
  void anApplicationMasterThatIsKilledIsReplacedAndGoesOn() throws Exception {
    String jar = fettle.jar("Gated", Clusters.GATED);
    Path gate = folder.resolve("gate");
    String job = fettle.write("gated.yaml", Clusters.gated("killed", gate));
    Running running =
        start(
            "submit",
            "--target",
            "yarn",
            job,
            "--output",
            "/studies",
            "--application",
            APPLICATION,
            "--jars",
            jar,
            "--properties-file",
            settings);
    waiting(running, gate, 2);
    Clusters.kill(applicationMaster());
    // A process may end while it is looked at.
    await().atMost(PATIENCE).ignoreExceptions().until(() -> attemptTwoWaits(gate));
    Files.writeString(gate, "open");

    Ended ended = running.waitFor().mustBe(0);
    assertThat(ended.output()).contains("4 trials: 4 completed");
    assertThat(ended("killed")).isEqualTo(4);
    assertThat(journal("killed").split("\"event\":\"trial-started\"", -1)).hasSize(5);
  }

  private Running start(String... words) throws IOException {
    return fettle.start(Installation.HOME.resolve("bin/fettle"), words);
  }

  private static Map<String, Long> waiting(Running running, Path gate, int count) {
    return await()
        .atMost(PATIENCE)
        .failFast("ended: " + running.errors(), () -> !running.process().isAlive())
        .until(() -> Clusters.waiting(gate), processes -> processes.size() >= count);
  }

  private static boolean attemptTwoWaits(Path gate) throws IOException {
    for (long pid : Clusters.waiting(gate).values()) {
      if (ProcessHandle.of(pid).isPresent() && variable(pid, "CONTAINER_ID").contains("_02_")) {
        return true;
      }
    }
    return false;
  }

  /** The first container of an application's first attempt, of those that live. */
  private static long applicationMaster() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process
                    .info()
                    .commandLine()
                    .map(
                        line ->
                            line.contains("deploy.yarn.ApplicationMaster")
                                && line.contains(hadoop.folder().toString())
                                && !line.contains("/bin/bash"))
                    .orElse(false))
        .mapToLong(ProcessHandle::pid)
        .findFirst()
        .orElseThrow();
  }

  /** Of a process of this machine. */
  private static String variable(long pid, String name) throws IOException {
    String environment = Files.readString(Path.of("/proc/" + pid + "/environ"));
    Optional<String> found =
        Arrays.stream(environment.split("\0"))
            .filter(variable -> variable.startsWith(name + "="))
            .findFirst();
    return found.orElse("=").substring(found.orElse("=").indexOf('=') + 1);
  }

  private static String fastNode() throws IOException {
    return Files.readString(hadoop.folder().resolve("fast-node")).strip();
  }

  /** The queues of applications that run, as the resource manager says. */
  private static List<String> queues() throws IOException, YarnException {
    try (YarnClient yarn = resourceManager()) {
      return yarn.getApplications(EnumSet.of(YarnApplicationState.RUNNING)).stream()
          .map(ApplicationReport::getQueue)
          .toList();
    }
  }

  /** What containers of all nodes were given. */
  private static long gpusInUse() throws IOException, YarnException {
    long used = 0;
    try (YarnClient yarn = resourceManager()) {
      for (NodeReport node : yarn.getNodeReports(NodeState.RUNNING)) {
        used += node.getUsed().getResourceValue("yarn.io/gpu");
      }
    }
    return used;
  }

  private static YarnClient resourceManager() {
    Configuration conf = new YarnConfiguration(hadoop.configuration());
    for (String file : new String[] {"yarn-site.xml", "resource-types.xml"}) {
      conf.addResource(new org.apache.hadoop.fs.Path(hadoop.conf().resolve(file).toUri()));
    }
    ResourceUtils.resetResourceTypes(conf);
    YarnClient yarn = YarnClient.createYarnClient();
    yarn.init(conf);
    yarn.start();
    return yarn;
  }

  private static String journal(String study) throws IOException {
    StringBuilder journal = new StringBuilder();
    for (FileStatus segment :
        files.listStatus(new org.apache.hadoop.fs.Path("/studies/" + study + "/journal"))) {
      if (segment.getPath().getName().endsWith(".jsonl")) {
        try (InputStream in = files.open(segment.getPath())) {
          journal.append(new String(in.readAllBytes(), UTF_8));
        }
      }
    }
    return journal.toString();
  }

  private static long ended(String study) throws IOException {
    return Stream.of(journal(study).split("\n"))
        .filter(line -> line.contains("\"trial-ended\"") && line.contains("COMPLETED"))
        .count();
  }
}
