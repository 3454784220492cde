package org.fettle.driver.report.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.fettle.driver.job.Watching;
import org.fettle.driver.report.Studies;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.study.BackgroundFollower;
import org.fettle.driver.study.StudyLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a stand-in that answers as the REST API of MLflow 2 does, and refuses what it refuses. */
class MlflowRunsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private record Request(String path, JsonNode body) {}

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Map<String, ObjectNode> runs = new LinkedHashMap<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    // Else the JDK's server waits 40 ms before each answer.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/2.0/mlflow/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring("/api/2.0/mlflow/".length());
    byte[] sent = exchange.getRequestBody().readAllBytes();
    JsonNode body = sent.length == 0 ? JSON.createObjectNode() : JSON.readTree(sent);
    requests.add(new Request(path, body));
    ObjectNode reply = JSON.createObjectNode();
    int status = 200;
    switch (path) {
      case "experiments/get-by-name" -> {
        status = 404;
        reply.put("error_code", "RESOURCE_DOES_NOT_EXIST").put("message", "no such experiment");
      }
      case "experiments/create" -> reply.put("experiment_id", "7");
      case "runs/create" -> {
        String id = "run-" + runs.size();
        runs.put(id, (ObjectNode) body);
        reply.putObject("run").putObject("info").put("run_id", id).put("run_uuid", id);
      }
      case "runs/log-batch" -> {
        if (body.path("metrics").size() + body.path("params").size() > 1000
            || body.path("params").size() > 100
            || !runs.containsKey(body.path("run_id").asText())) {
          status = 400;
          reply.put("error_code", "INVALID_PARAMETER_VALUE").put("message", "too much");
        }
      }
      case "runs/update" -> reply.putObject("run_info").put("run_id", "x");
      default -> {
        status = 404;
        reply.put("error_code", "ENDPOINT_NOT_FOUND").put("message", path);
      }
    }
    byte[] text = reply.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  private Watching.Mlflow settings() {
    return new Watching.Mlflow("http://127.0.0.1:" + server.getAddress().getPort(), "tuning");
  }

  private List<Request> requests(String path) {
    return requests.stream().filter(each -> each.path().equals(path)).toList();
  }

  @Test
  void makesANestedRunOfEachTrial() {
    List<JournalEvent> events = Studies.conditional();
    StudyLog log = StudyLog.of((JournalEvent.StudyCreated) events.get(0));
    log.happened(events.subList(1, events.size()));
    try (MlflowRuns mlflow = new MlflowRuns(settings(), log)) {
      mlflow.happened(events.subList(1, events.size()));
    }

    assertThat(requests("experiments/create").get(0).body().path("name").asText())
        .isEqualTo("tuning");
    assertThat(runs).hasSize(121);
    assertThat(runs.get("run-0").path("run_name").asText()).isEqualTo("conditional");
    assertThat(runs.values().stream().skip(1))
        .allSatisfy(run -> assertThat(run.path("experiment_id").asText()).isEqualTo("7"))
        .allSatisfy(run -> assertThat(tags(run)).containsEntry("mlflow.parentRunId", "run-0"));
    JsonNode batch = requests("runs/log-batch").get(0).body();
    assertThat(batch.path("params"))
        .extracting(each -> each.path("key").asText())
        .contains("parameters.rate", "parameters.hidden.0");
    assertThat(batch.path("metrics"))
        .extracting(each -> each.path("key").asText())
        .contains("log-loss", "curve/log-loss");
    assertThat(requests("runs/update"))
        .extracting(each -> each.body().path("status").asText())
        .hasSize(121)
        .contains("FINISHED", "FAILED");
    assertThat(requests).as("few requests a trial").hasSizeLessThan(3 * 121 + 5);
  }

  private static Map<String, String> tags(JsonNode run) {
    Map<String, String> tags = new LinkedHashMap<>();
    run.path("tags")
        .forEach(each -> tags.put(each.path("key").asText(), each.path("value").asText()));
    return tags;
  }

  @Test
  void takesCredentialsFromTheEnvironment() {
    String uri = "http://host:5000";
    assertThat(MlflowRuns.credentials(uri, Map.of()).getUsername()).isNull();
    assertThat(
            MlflowRuns.credentials(
                    uri,
                    Map.of("MLFLOW_TRACKING_USERNAME", "me", "MLFLOW_TRACKING_PASSWORD", "secret"))
                .getPassword())
        .isEqualTo("secret");
    assertThat(MlflowRuns.credentials(uri, Map.of("MLFLOW_TRACKING_TOKEN", "t")).getToken())
        .isEqualTo("t");
  }

  @Test
  void saysOnceThatTheServerIsGone() {
    Watching.Mlflow settings = settings();
    server.stop(0);
    List<JournalEvent> events = Studies.plain();
    StudyLog log = StudyLog.of((JournalEvent.StudyCreated) events.get(0));
    log.happened(events.subList(1, events.size()));
    List<String> warnings = new ArrayList<>();

    try (MlflowRuns mlflow = new MlflowRuns(settings, log);
        BackgroundFollower own =
            new BackgroundFollower("MLflow", mlflow, warnings::add, Duration.ofSeconds(60))) {
      events.stream().skip(1).forEach(event -> own.happened(List.of(event)));
    }

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).startsWith("MLflow follows no longer: ");
  }
}
