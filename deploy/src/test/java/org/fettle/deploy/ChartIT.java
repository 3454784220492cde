package org.fettle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

  private static final List<String> OPERATOR_FIELDS =
      List.of(
          "apiVersion string",
          "kind string",
          "metadata.name string",
          "spec.arguments[] string",
          "spec.driver.configMaps[].name string",
          "spec.driver.configMaps[].path string",
          "spec.driver.cores number",
          "spec.driver.javaOptions string",
          "spec.driver.memory string",
          "spec.driver.memoryOverhead string",
          "spec.driver.podSecurityContext.fsGroup number",
          "spec.driver.podSecurityContext.runAsGroup number",
          "spec.driver.podSecurityContext.runAsNonRoot boolean",
          "spec.driver.podSecurityContext.runAsUser number",
          "spec.driver.podSecurityContext.seccompProfile.type string",
          "spec.driver.securityContext.allowPrivilegeEscalation boolean",
          "spec.driver.securityContext.capabilities.drop[] string",
          "spec.driver.serviceAccount string",
          "spec.executor.cores number",
          "spec.executor.instances number",
          "spec.executor.javaOptions string",
          "spec.executor.memory string",
          "spec.executor.memoryOverhead string",
          "spec.executor.podSecurityContext.fsGroup number",
          "spec.executor.podSecurityContext.runAsGroup number",
          "spec.executor.podSecurityContext.runAsNonRoot boolean",
          "spec.executor.podSecurityContext.runAsUser number",
          "spec.executor.podSecurityContext.seccompProfile.type string",
          "spec.executor.securityContext.allowPrivilegeEscalation boolean",
          "spec.executor.securityContext.capabilities.drop[] string",
          "spec.executor.terminationGracePeriodSeconds number",
          "spec.executor.tolerations[].effect string",
          "spec.executor.tolerations[].key string",
          "spec.executor.tolerations[].operator string",
          "spec.executor.tolerations[].value string",
          "spec.image string",
          "spec.imagePullPolicy string",
          "spec.mainApplicationFile string",
          "spec.mainClass string",
          "spec.mode string",
          "spec.restartPolicy.onFailureRetries number",
          "spec.restartPolicy.onFailureRetryInterval number",
          "spec.restartPolicy.type string",
          "spec.sparkConf object",
          "spec.sparkVersion string",
          "spec.type string");

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
          .contains("ServiceAccount", "Role", "RoleBinding", "ConfigMap", "Service", "Job");
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
      assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(container.path("capabilities").path("drop").get(0).asText()).isEqualTo("ALL");
    }
    assertThat(executor.path("automountServiceAccountToken").asBoolean(true)).isFalse();
    JsonNode role = one(manifest, "Role");
    assertThat(role.path("rules").toString()).doesNotContain("*", "secrets", "exec", "nodes");
  }

  @Test
  void aNetworkPolicyIsThereForWhoWantsOne() throws Exception {
    assertThat(render("cpu")).doesNotContain("NetworkPolicy");
    JsonNode rules = one(render("gpu"), "NetworkPolicy").path("spec").path("ingress");

    assertThat(rules).hasSize(2);
    assertThat(rules.get(0).path("from").get(0).path("podSelector").path("matchLabels"))
        .isEqualTo(one(render("gpu"), "NetworkPolicy").at("/spec/podSelector/matchLabels"));
    assertThat(rules.get(1).path("ports").get(0).path("port").asInt()).isEqualTo(4040);
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

  /**
   * The definition of the operator's resource is published in its repository alone. So what was
   * checked against it stands here: 2.5.0 of kubeflow/spark-operator. To check another, run with
   * {@code -Doperator.definition=FILE}, which has the CustomResourceDefinition.
   */
  @Test
  void theOperatorsManifestHasTheFieldsThatItsDefinitionHas() throws Exception {
    List<JsonNode> objects =
        Chart.objects(Files.readString(HOME.resolve("spark-application.yaml")));
    assertThat(objects)
        .extracting(object -> object.path("kind").asText())
        .containsExactly("ServiceAccount", "Role", "RoleBinding", "ConfigMap", "SparkApplication");
    for (JsonNode object : objects.subList(0, 4)) {
      assertThat(schema.problems(object)).isEmpty();
    }
    JsonNode application = objects.get(4);

    assertThat(CustomResource.fields(application)).containsExactlyElementsOf(OPERATOR_FIELDS);
    String definition = System.getProperty("operator.definition");
    if (definition != null) {
      CustomResource resource = CustomResource.read(Path.of(definition), "v1beta2");
      assertThat(resource.problems(application)).isEmpty();
      ((ObjectNode) application.path("spec").path("driver")).put("coresLimits", 1);
      assertThat(resource.problems(application))
          .containsExactly(".spec.driver must have no field coresLimits");
    }
    JsonNode spec = application.path("spec");
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
