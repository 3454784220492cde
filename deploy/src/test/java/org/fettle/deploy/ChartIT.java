package org.fettle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Helm chart as Helm renders it, the manifests that were rendered from it, and the others. */
class ChartIT {
  private static final Path HOME = Path.of("kubernetes");

  private static KubernetesSchema schema;

  @BeforeAll
  static void readSchemas() throws Exception {
    schema = new KubernetesSchema();
  }

  @Test
  void helmFindsNoFault() {
    var result = new Helm(HOME.resolve("chart")).lint().strict().call();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @Test
  void everyObjectKeepsToItsSchema() throws Exception {
    for (String manifest : new String[] {render("cpu"), render("gpu")}) {
      List<JsonNode> objects = Chart.objects(manifest);
      assertThat(objects)
          .extracting(object -> object.path("kind").asText())
          .containsExactlyInAnyOrder(
              "ServiceAccount", "Role", "RoleBinding", "ConfigMap", "Service", "Job");
      for (JsonNode object : objects) {
        assertThat(schema.problems(object)).isEmpty();
      }
      String template = configuration(manifest).get("executor.yaml");
      assertThat(schema.problems(Chart.objects(template).get(0))).isEmpty();
    }
  }

  /** Otherwise the test above could not fail. */
  @Test
  void theSchemasSeeMistakes() throws Exception {
    String wrong = render("cpu").replace("restartPolicy:", "restartPolice:");
    wrong = wrong.replace("backoffLimit: 5", "backoffLimit: five");

    List<String> problems = new ArrayList<>();
    for (JsonNode object : Chart.objects(wrong)) {
      problems.addAll(schema.problems(object));
    }

    assertThat(problems)
        .containsExactlyInAnyOrder(
            "Job.spec.template.spec must have no field restartPolice",
            "Job.spec.backoffLimit must be of type integer, but was \"five\"");
  }

  /** Run with -Dmanifests.write=true to render them anew. */
  @Test
  void theManifestsAreWhatTheChartRenders() throws Exception {
    for (String name : new String[] {"cpu", "gpu"}) {
      Path file = HOME.resolve("manifests/" + name + ".yaml");
      if (Boolean.getBoolean("manifests.write")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, render(name));
      }
      assertThat(file).hasContent(render(name));
    }
  }

  @Test
  void driversAndExecutorsHaveNoMoreRightsThanTheyNeed() throws Exception {
    String manifest = render("gpu");
    JsonNode driver = pod(manifest);
    JsonNode executor =
        Chart.objects(configuration(manifest).get("executor.yaml")).get(0).path("spec");

    for (JsonNode pod : List.of(driver, executor)) {
      assertThat(pod.path("securityContext").path("runAsNonRoot").asBoolean()).isTrue();
      JsonNode container = pod.path("containers").get(0).path("securityContext");
      assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
      assertThat(container.path("capabilities").path("drop").get(0).asText()).isEqualTo("ALL");
    }
    assertThat(executor.path("automountServiceAccountToken").asBoolean(true)).isFalse();
    JsonNode role = one(manifest, "Role");
    assertThat(role.path("rules").toString()).doesNotContain("*", "secrets", "exec", "nodes");
  }

  @Test
  void memoryLeavesRoomForArraysOutsideTheHeap() throws Exception {
    Properties spark = new Properties();
    spark.load(new StringReader(configuration(render("gpu")).get("spark.properties")));

    assertThat(spark)
        .containsEntry("spark.executor.memoryOverhead", "2432m")
        .containsEntry("spark.executor.extraJavaOptions", "-Dorg.bytedeco.javacpp.maxBytes=2048m")
        .containsEntry("spark.executor.resource.gpu.vendor", "nvidia.com")
        .containsEntry("spark.task.resource.gpu.amount", "0.25")
        .containsEntry("spark.decommission.enabled", "true");
    JsonNode executor =
        Chart.objects(configuration(render("gpu")).get("executor.yaml")).get(0).path("spec");
    assertThat(
            executor
                .path("containers")
                .get(0)
                .path("resources")
                .path("limits")
                .path("nvidia.com/gpu")
                .asInt())
        .isEqualTo(1);
    assertThat(executor.path("tolerations")).hasSize(3);
    assertThat(executor.path("containers").get(0).path("envFrom").toString())
        .contains("object-store");
  }

  @Test
  void theOperatorsManifestIsWhole() throws Exception {
    List<JsonNode> objects =
        Chart.objects(Files.readString(HOME.resolve("spark-application.yaml")));

    assertThat(objects)
        .extracting(object -> object.path("kind").asText())
        .containsExactly("ServiceAccount", "Role", "RoleBinding", "ConfigMap", "SparkApplication");
    for (JsonNode object : objects.subList(0, 4)) {
      assertThat(schema.problems(object)).isEmpty();
    }
    JsonNode spec = objects.get(4).path("spec");
    assertThat(spec.path("type").asText()).isEqualTo("Java");
    assertThat(spec.path("mode").asText()).isEqualTo("cluster");
    assertThat(spec.path("sparkVersion").asText()).startsWith("3.5.");
    assertThat(spec.path("mainClass").asText()).isEqualTo("org.fettle.driver.cli.Main");
    assertThat(spec.path("mainApplicationFile").asText())
        .isEqualTo("local:///opt/fettle/lib/fettle.jar");
    assertThat(spec.path("restartPolicy").path("type").asText()).isEqualTo("OnFailure");
  }

  private static String render(String name) {
    return name.equals("gpu")
        ? Chart.render("study", "tuning", HOME.resolve("values/gpu.yaml"))
        : Chart.render("study", "tuning");
  }

  private static Map<String, String> configuration(String manifest) throws Exception {
    Map<String, String> files = new LinkedHashMap<>();
    one(manifest, "ConfigMap")
        .path("data")
        .fields()
        .forEachRemaining(file -> files.put(file.getKey(), file.getValue().asText()));
    return files;
  }

  private static JsonNode pod(String manifest) throws Exception {
    return one(manifest, "Job").path("spec").path("template").path("spec");
  }

  private static JsonNode one(String manifest, String kind) throws Exception {
    return Chart.objects(manifest).stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }
}
