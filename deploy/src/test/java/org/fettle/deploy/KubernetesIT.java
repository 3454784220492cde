package org.fettle.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fettle.deploy.Installation.Ended;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spark's own Kubernetes back end, before an API server that keeps objects and runs their pods. */
@Timeout(400)
class KubernetesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  @TempDir static Path shared;
  private static KubernetesStandIn kubernetes;

  @TempDir Path folder;
  private Installation fettle;

  @BeforeAll
  static void start() throws Exception {
    kubernetes = KubernetesStandIn.start(shared.resolve("pods"));
    kubernetes.install(operatorsRights());
  }

  @AfterAll
  static void stop() {
    System.out.println("ASKED " + kubernetes.rights().asked());
    kubernetes.close();
  }

  @BeforeEach
  void install() {
    fettle = new Installation(folder);
  }

  /** The driver is a pod as well: job file and settings come to it as Spark brings them. */
  @Test
  void aStudyOfADriverPodOutlivesAnExecutorPod() throws Exception {
    Path jar = Path.of(fettle.jar("Gated", Clusters.GATED));
    Path gate = folder.resolve("gate");
    String job = fettle.write("gated.yaml", Clusters.gated("gated", gate));
    Installation.Running running =
        submit(
            job,
            "--jars",
            "local://" + jar,
            "--conf",
            "spark.executor.resource.gpu.amount=1",
            "--conf",
            "spark.executor.resource.gpu.vendor=nvidia.com",
            "--conf",
            "spark.executor.resource.gpu.discoveryScript=/opt/fettle/bin/pretend-gpus",
            "--conf",
            "spark.executorEnv.FETTLE_GPUS=1",
            "--conf",
            "spark.task.resource.gpu.amount=1");
    Map<String, Long> waiting =
        await()
            .atMost(PATIENCE)
            .failFast("ended: " + running.errors(), () -> !running.process().isAlive())
            .until(() -> Clusters.waiting(gate), processes -> processes.size() >= 2);
    assertThat(Clusters.gpus(gate)).containsExactly("0", "0");
    assertThat(kubernetes.executors()).isNotEmpty().allSatisfy(KubernetesIT::hasOneGpu);
    String lost = executor(waiting.keySet().iterator().next());

    kubernetes.client().resource(executorPod(lost)).delete();

    await()
        .atMost(PATIENCE)
        .until(
            () -> Clusters.waiting(gate).keySet().stream().anyMatch(KubernetesIT::isReplacement));
    Files.writeString(gate, "open");
    Ended ended = running.waitFor().mustBe(0);
    assertThat(ended.output()).contains("4 trials: 4 completed", "Results: file:");
    assertThat(ended.errors()).contains("[4/4] trial ");
    assertThat(Installation.scores(folder.resolve("studies/gated"))).hasSize(4);
    assertThat(drivers())
        .singleElement()
        .satisfies(
            driver -> {
              assertThat(driver.getStatus().getPhase()).isEqualTo("Succeeded");
              assertThat(driver.getSpec().getServiceAccountName()).isEqualTo("fettle");
            });
  }

  /** What the chart says, with an executor's node and then the driver's pod lost under way. */
  @Test
  void theChartsJobOutlivesASpotNodeAndItsFirstPod() throws Exception {
    Path jar = Path.of(fettle.jar("Gated", Clusters.GATED));
    Path gate = folder.resolve("gate");
    String job = Clusters.gated("charted", gate).indent(2);
    Path values =
        Path.of(
            fettle.write(
                "values.yaml",
                """
                job: |
                %soutput: %s
                driver: { memoryMiB: 512 }
                executor: { memoryMiB: 512, gpus: 1 }
                spot: { enabled: true }
                spark:
                  spark.jars: 'local://%s'
                  spark.ui.enabled: 'false'
                  spark.executor.resource.gpu.discoveryScript: /opt/fettle/bin/pretend-gpus
                  spark.executorEnv.FETTLE_GPUS: '1'
                  spark.executorEnv.FETTLE_DECOMMISSION_SECONDS: '2'
                """
                    .formatted(job, folder.resolve("studies").toUri(), jar)));

    kubernetes.install(Chart.objects(Chart.render("study", "default", values)));
    await().atMost(PATIENCE).until(() -> Clusters.waiting(gate).size() >= 2);
    Pod evicted = executorPod(executor(Clusters.waiting(gate).keySet().iterator().next()));
    hasOneGpu(evicted);
    // Spark's pod is what the template makes of it.
    assertThat(evicted.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(evicted.getSpec().getContainers().get(0).getSecurityContext())
        .satisfies(
            security -> {
              assertThat(security.getReadOnlyRootFilesystem()).isTrue();
              assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
            });
    kubernetes.evict(evicted);
    await()
        .atMost(PATIENCE)
        .until(
            () -> Clusters.waiting(gate).keySet().stream().anyMatch(KubernetesIT::isReplacement));
    Clusters.kill(kubernetes.pid("study-0"));
    await().atMost(PATIENCE).until(() -> kubernetes.pod("study-1") != null);
    Files.writeString(gate, "open");

    await()
        .atMost(PATIENCE)
        .until(
            () -> phase("study-1"), phase -> phase.equals("Succeeded") || phase.equals("Failed"));
    assertThat(phase("study-1")).as("%s", kubernetes.log("study-1")).isEqualTo("Succeeded");
    assertThat(phase("study-0")).isEqualTo("Failed");
    assertThat(kubernetes.log("study-1")).contains("4 trials: 4 completed");
    Path study = folder.resolve("studies/charted");
    assertThat(Installation.scores(study)).hasSize(4);
    assertThat(Installation.journal(study))
        .contains("\"devices\":[\"0\"]", "PREEMPTED", "Executor decommission")
        .doesNotContain("EXECUTOR_LOST");
  }

  /** The API refuses what the role lacks: else the tests above would say nothing of it. */
  @Test
  void whatARoleLacksIsRefused() throws Exception {
    Config config =
        new ConfigBuilder().withMasterUrl(kubernetes.url()).withOauthToken("fettle").build();

    try (KubernetesClient driver = new KubernetesClientBuilder().withConfig(config).build()) {
      assertThat(driver.pods().inNamespace("default").list().getItems()).isNotNull();
      assertThatThrownBy(() -> driver.secrets().inNamespace("default").list())
          .hasMessageContaining("secrets is forbidden: ServiceAccount fettle cannot list it");
    }
  }

  /** Those that the operator's manifest gives a driver. */
  private static List<JsonNode> operatorsRights() throws IOException {
    return Chart.objects(Files.readString(Path.of("kubernetes/spark-application.yaml"))).stream()
        .filter(object -> object.path("kind").asText().startsWith("Role"))
        .toList();
  }

  private static void hasOneGpu(Pod executor) {
    assertThat(executor.getSpec().getContainers().get(0).getResources().getLimits())
        .containsEntry("nvidia.com/gpu", new Quantity("1"));
  }

  private static Pod executorPod(String id) {
    return kubernetes.executors().stream()
        .filter(pod -> id(pod).equals(id))
        .filter(pod -> pod.getStatus().getPhase().equals("Running"))
        .findFirst()
        .orElseThrow();
  }

  private static String phase(String pod) {
    return kubernetes.pod(pod).getStatus().getPhase();
  }

  private static List<Pod> drivers() {
    return kubernetes
        .client()
        .pods()
        .inAnyNamespace()
        .withLabel("spark-role", "driver")
        .list()
        .getItems();
  }

  /** Two were asked for. */
  private static boolean isReplacement(String waiting) {
    return Integer.parseInt(executor(waiting)) > 2;
  }

  private static String executor(String waiting) {
    return waiting.substring(waiting.indexOf('-') + 1);
  }

  private static String id(Pod pod) {
    return pod.getMetadata().getLabels().get("spark-exec-id");
  }

  private Installation.Running submit(String job, String... more) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "submit",
                "--target",
                "kubernetes",
                job,
                "--output",
                folder.resolve("studies").toUri().toString(),
                "--master",
                kubernetes.master(),
                "--num-executors",
                "2",
                "--executor-memory",
                "512m",
                "--driver-memory",
                "512m"));
    for (String setting :
        List.of(
            "spark.kubernetes.container.image=registry.example/fettle:test",
            "spark.kubernetes.authenticate.driver.serviceAccountName=fettle",
            "spark.kubernetes.driver.master=" + kubernetes.url(),
            "spark.ui.enabled=false")) {
      words.add("--conf");
      words.add(setting);
    }
    words.addAll(List.of(more));
    return fettle.start(Installation.HOME.resolve("bin/fettle"), words.toArray(String[]::new));
  }
}
