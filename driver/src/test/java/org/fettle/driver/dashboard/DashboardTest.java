package org.fettle.driver.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.history.FsHistoryProvider;
import org.apache.spark.deploy.history.HistoryServer;
import org.apache.spark.deploy.history.HistoryServer$;
import org.apache.spark.sql.SparkSession;
import org.fettle.driver.report.Studies;
import org.fettle.driver.report.html.Chromium;
import org.fettle.driver.spark.TestSpark;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.study.StudyLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A study in the pages of a real Spark, and then in its history server. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardTest {

  /** Lets in those who say please. */
  public static final class Doorkeeper implements Filter {
    @Override
    public void init(FilterConfig config) {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      if (((HttpServletRequest) request).getHeader("please") == null) {
        ((HttpServletResponse) response).sendError(HttpServletResponse.SC_FORBIDDEN);
      } else {
        chain.doFilter(request, response);
      }
    }

    @Override
    public void destroy() {}
  }

  @TempDir static Path logs;
  @TempDir static Path profile;

  private static final List<JournalEvent> EVENTS = Studies.scripted();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

  private static SparkSession spark;
  private static String web;
  private static StudyLog log;
  private static Dashboard dashboard;
  private static int heard;

  @BeforeAll
  static void begin() {
    TestSpark.stop();
    spark =
        SparkSession.builder()
            .master("local[1]")
            .appName("dashboard")
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.ui.enabled", "true")
            .config("spark.ui.port", "0")
            .config("spark.ui.filters", Doorkeeper.class.getName())
            .config("spark.eventLog.enabled", "true")
            .config("spark.eventLog.dir", logs.toUri().toString())
            .getOrCreate();
    web = spark.sparkContext().uiWebUrl().get();
    log = StudyLog.of((JournalEvent.StudyCreated) EVENTS.get(0));
    heard = EVENTS.size() / 2;
    List<JournalEvent> soFar = EVENTS.subList(0, heard);
    log.happened(soFar.subList(1, soFar.size()));
    dashboard = new Dashboard(spark.sparkContext(), log, soFar);
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  private static HttpResponse<String> get(String address) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(address)).header("please", "yes").build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(String address) throws Exception {
    HttpResponse<String> response = get(address);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(response.body()).doesNotContain("<");
    return new ObjectMapper().readTree(response.body());
  }

  @Test
  @Order(1)
  void isATabOfSparksPages() throws Exception {
    assertThat(get(web + "/jobs/").body()).contains(">Fettle</a>");
    assertThat(get(web + "/fettle/").body())
        .contains("<iframe")
        .contains("/fettle/study/")
        .doesNotContain("<script>alert");
    assertThat(Dashboard.address(spark.sparkContext())).contains(web + "/fettle/");
  }

  private static void happen(int until) {
    List<JournalEvent> events = EVENTS.subList(heard, until);
    heard = until;
    log.happened(events);
    dashboard.happened(events);
  }

  /** Where there is a Chromium. */
  @Test
  @Order(2)
  void updatesItselfInABrowser() throws Exception {
    var program = Chromium.find();
    assumeTrue(
        program.isPresent(), "No Chromium on the path, and CHROMIUM does not name one: skipped");
    try (Chromium browser = new Chromium(program.get(), profile, 1400, 900)) {
      ObjectNode headers = new ObjectMapper().createObjectNode();
      headers.putObject("headers").put("please", "yes");
      browser.send("Network.setExtraHTTPHeaders", headers);
      browser.open(web + "/fettle/study/");
      int before = browser.evaluate("data.ended").asInt();
      browser.evaluate("window.mark = 'the same page'");

      happen(EVENTS.size() * 3 / 4);

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> browser.evaluate("data.ended").asInt() > before);
      assertThat(browser.evaluate("window.mark").asText()).isEqualTo("the same page");
      int rows = browser.evaluate("all().length").asInt();
      assertThat(rows).isEqualTo(log.view().replay().history().size());
      assertThat(browser.evaluate("document.querySelector('#count').textContent").asText())
          .isEqualTo(rows + " of " + rows + " trials");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  @Order(3)
  void showsTheStudyAndWhatChanges() throws Exception {
    String study = web + "/fettle/study/";
    HttpResponse<String> page = get(study);
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(page.headers().firstValue("X-Frame-Options")).contains("SAMEORIGIN");
    assertThat(page.body()).contains("data-live=\"\"").doesNotContain("<script>alert");

    JsonNode first = json(study + "changes?ended=0");
    int ended = first.path("ended").asInt();
    assertThat(first.path("status").asText()).isEqualTo("open");
    assertThat(ended).isBetween(5, 29);
    assertThat(first.path("trials").size()).isGreaterThanOrEqualTo(ended);
    assertThat(json(study + "views").path("analysis")).isNotEmpty();

    happen(EVENTS.size());
    JsonNode next = json(study + "changes?ended=" + ended);
    assertThat(next.path("status").asText()).isEqualTo("done");
    assertThat(next.path("trials")).hasSize(30 - ended);
  }

  @Test
  @Order(4)
  void readsAloneAndBehindSparksFilters() throws Exception {
    String study = web + "/fettle/study/";
    HttpResponse<String> stranger =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(study)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(stranger.statusCode()).isEqualTo(403);

    HttpResponse<String> posted =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(study))
                .header("please", "yes")
                .POST(HttpRequest.BodyPublishers.ofString("ended=1"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(posted.statusCode()).isEqualTo(405);
    assertThat(get(study + "changes").statusCode()).isEqualTo(400);
    assertThat(get(study + "changes?ended=-1").statusCode()).isEqualTo(400);
    assertThat(get(study + "changes?ended=%3Cscript%3E").body()).doesNotContain("<script>");
    assertThat(get(study + "elsewhere").statusCode()).isEqualTo(404);
  }

  @Test
  @Order(5)
  void isInTheHistoryServerToo() throws Exception {
    String application = spark.sparkContext().applicationId();
    spark.stop();
    SparkConf conf =
        new SparkConf(false)
            .set("spark.history.fs.logDirectory", logs.toUri().toString())
            .set("spark.ui.filters", Doorkeeper.class.getName());
    FsHistoryProvider provider = new FsHistoryProvider(conf);
    HistoryServer server =
        new HistoryServer(conf, provider, HistoryServer$.MODULE$.createSecurityManager(conf), 0);
    server.bind();
    provider.start();
    try {
      String root = "http://127.0.0.1:" + server.boundPort() + "/history/" + application;
      await().atMost(Duration.ofSeconds(60)).until(() -> get(root + "/jobs/").statusCode() == 200);
      assertThat(get(root + "/jobs/").body()).contains(">Fettle</a>");
      assertThat(get(root + "/fettle/").body())
          .contains("/history/" + application + "/fettle/study/");
      String page = get(root + "/fettle/study/").body();
      assertThat(page).contains("\"study\":\"scripted\"").doesNotContain("data-live=\"");
    } finally {
      server.stop();
    }
  }
}
