package org.fettle.deploy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.fettle.deploy.Installation.Ended;
import org.fettle.deploy.Installation.Running;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A study on the standalone cluster that {@code standalone/cluster} starts, with a GPU for each
 * run, under Spark's authentication and encryption, watched through Spark's pages under TLS.
 */
@Timeout(300)
class StandaloneIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String SECRET = "only-the-cluster-knows-4711";

  private static final String SETTINGS =
      """
      spark.authenticate                                  true
      spark.authenticate.secret                           %1$s
      spark.network.crypto.enabled                        true
      spark.io.encryption.enabled                         true
      spark.metrics.namespace                             fettle
      spark.metrics.conf.*.sink.prometheusServlet.class   org.apache.spark.metrics.sink.PrometheusServlet
      spark.metrics.conf.*.sink.prometheusServlet.path    /metrics/prometheus
      spark.eventLog.enabled                              true
      spark.ssl.enabled                                   true
      spark.ssl.keyStore                                  %2$s
      spark.ssl.keyStoreType                              PKCS12
      spark.ssl.keyStorePassword                          %1$s-of-keys
      spark.ssl.keyPassword                               %1$s-of-keys
      """;

  @TempDir Path folder;
  private Installation fettle;
  private Path script;

  @BeforeEach
  void install() {
    fettle = new Installation(folder);
    script = Installation.HOME.resolve("standalone/cluster");
  }

  @AfterEach
  void stop() throws Exception {
    fettle.start(script, "stop", "--folder", folder.resolve("cluster").toString()).waitFor();
  }

  @Test
  void aSecuredStudyHasGpusAndMetricsAndLeaksNoSecret() throws Exception {
    KeyStoreFile keys = KeyStoreFile.create(folder.resolve("keys.p12"), SECRET + "-of-keys");
    Path settings =
        Path.of(fettle.write("spark.properties", SETTINGS.formatted(SECRET, keys.file())));
    Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-------"));
    Ended started =
        fettle
            .start(
                script,
                "start",
                "--workers",
                "2",
                "--memory",
                "1g",
                "--pretend-gpus",
                "1",
                "--settings",
                settings.toString(),
                "--folder",
                folder.resolve("cluster").toString())
            .waitFor()
            .mustBe(0);
    Path events = Files.createDirectory(folder.resolve("events"));
    Path gate = folder.resolve("gate");
    int port = freePort();
    List<String> words =
        new ArrayList<>(
            List.of(
                "submit",
                "--target",
                "standalone",
                fettle.write("gated.yaml", Clusters.gated("secured", gate)),
                "--output",
                folder.resolve("studies").toUri().toString(),
                "--jars",
                fettle.jar("Gated", Clusters.GATED),
                "--master",
                started.output().strip(),
                "--executor-memory",
                "512m",
                "--properties-file",
                settings.toString()));
    for (String setting :
        List.of(
            "spark.executor.resource.gpu.amount=1",
            "spark.task.resource.gpu.amount=1",
            "spark.ui.port=0",
            "spark.ssl.ui.port=" + port,
            "spark.eventLog.dir=" + events.toUri())) {
      words.addAll(List.of("--conf", setting));
    }
    Running running =
        fettle.start(Installation.HOME.resolve("bin/fettle"), words.toArray(String[]::new));
    await()
        .atMost(PATIENCE)
        .failFast("ended: " + running.errors(), () -> !running.process().isAlive())
        .until(() -> Clusters.waiting(gate).size(), count -> count == 2);

    assertThat(Clusters.gpus(gate)).containsExactly("0", "0");
    HttpClient browser = HttpClient.newBuilder().sslContext(trusting(keys)).build();
    String pages = "https://127.0.0.1:" + port;
    assertThat(read(browser, pages + "/fettle/"))
        .contains("<iframe", "src=\"/fettle/study/\"")
        .doesNotContain("http:");
    assertThat(read(browser, pages + "/fettle/study/")).contains("<title>secured · Fettle");
    assertThat(read(browser, pages + "/fettle/study/changes?ended=0")).contains("\"trials\":");
    assertThat(read(browser, pages + "/metrics/prometheus/"))
        .contains(
            "metrics_fettle_driver_fettle_trials_running_Value{type=\"gauges\"} 2",
            "metrics_fettle_driver_fettle_trials_completed_Value{type=\"gauges\"} 1",
            "metrics_fettle_driver_fettle_trials_limit_Value{type=\"gauges\"} 4",
            "metrics_fettle_driver_fettle_slots_Value{type=\"gauges\"} 2",
            "metrics_fettle_driver_fettle_best_Value",
            "metrics_fettle_driver_fettle_runs_waiting_Value",
            "metrics_fettle_driver_fettle_journal_lag_seconds_Value",
            "metrics_fettle_driver_fettle_journal_append_Mean",
            "metrics_fettle_driver_fettle_suggestion_Mean");
    assertThat(processes()).isNotEmpty().noneMatch(line -> line.contains(SECRET));
    Files.writeString(gate, "open");

    Ended ended = running.waitFor().mustBe(0);
    assertThat(ended.output()).contains("4 trials: 4 completed");
    // What runs report comes over the plugin channel alone, or else with the end of a short run.
    assertThat(Installation.journal(folder.resolve("studies/secured")).lines())
        .filteredOn(line -> line.contains("\"event\":\"reported\""))
        .hasSizeGreaterThanOrEqualTo(2);
    assertThat(filesWithTheSecret())
        .containsExactlyInAnyOrder("spark.properties", "cluster/conf/daemons.properties");
    assertThat(events).isNotEmptyDirectory();
  }

  @Test
  void takesNoSecretOnTheCommandLine() throws Exception {
    Ended ended =
        fettle.run(
            "submit",
            "--target",
            "standalone",
            fettle.write("gated.yaml", Clusters.gated("secured", folder.resolve("gate"))),
            "--master",
            "spark://127.0.0.1:7077",
            "--conf",
            "spark.authenticate.secret=" + SECRET);

    ended.mustBe(2);
    assertThat(ended.errors())
        .contains("--conf spark.authenticate.secret must not be on a command line")
        .doesNotContain(SECRET);
    assertThat(ended.output()).isEmpty();
  }

  private static SSLContext trusting(KeyStoreFile keys) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore own = KeyStore.getInstance(keys.file().toFile(), keys.password().toCharArray());
    KeyStore certificate = KeyStore.getInstance("PKCS12");
    certificate.load(null, null);
    certificate.setCertificateEntry("server", own.getCertificate("server"));
    trust.init(certificate);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static String read(HttpClient browser, String url) throws Exception {
    HttpResponse<String> answer =
        browser.send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(url).isEqualTo(200);
    return answer.body();
  }

  /** The command lines of all that the test started. */
  private List<String> processes() throws IOException {
    List<String> lines = new ArrayList<>();
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      Path file = Path.of("/proc/" + process.pid() + "/cmdline");
      String line = Files.isReadable(file) ? Files.readString(file, ISO_8859_1) : "";
      if (line.contains(folder.toString())) {
        lines.add(line.replace('\0', ' '));
      }
    }
    return lines;
  }

  private List<String> filesWithTheSecret() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), ISO_8859_1).contains(SECRET)) {
          found.add(folder.relativize(file).toString());
        }
      }
    }
    return found;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
