package org.fettle.driver.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.fettle.driver.report.Studies;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.study.StudyLog;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportPageTest {

  static List<List<JournalEvent>> studies() {
    return List.of(
        Studies.plain(),
        Studies.conditional(),
        Studies.several(),
        Studies.failed(),
        Studies.one(),
        Studies.none(),
        Studies.scripted());
  }

  private static Document page(List<JournalEvent> events) {
    return Jsoup.parse(ReportPage.of(Studies.view(events)));
  }

  private static JsonNode data(Document page) throws IOException {
    return new ObjectMapper().readTree(page.getElementById("data").data());
  }

  @ParameterizedTest
  @MethodSource("studies")
  void isOnePageThatLoadsNothing(List<JournalEvent> events) {
    Document page = page(events);

    assertThat(page.select("script[src], link, img, iframe, object, form, base")).isEmpty();
    assertThat(page.select("script")).hasSize(3);
    assertThat(page.select("style").outerHtml()).doesNotContain("url(").doesNotContain("@import");
    assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
        .startsWith("default-src 'none'; script-src 'sha256-")
        .doesNotContain("connect-src");
    assertThat(page.select("html").attr("lang")).isEqualTo("en");
    assertThat(page.select("main, nav, header, h1")).hasSize(4);
  }

  @Test
  void allowsItsOwnScriptsAndNoOthers() throws NoSuchAlgorithmException {
    Document page = page(Studies.plain());
    String policy = page.select("meta[http-equiv=Content-Security-Policy]").attr("content");

    for (Element script : page.select("script:not([type])")) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(script.data().getBytes(StandardCharsets.UTF_8));
      assertThat(policy).contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }
  }

  @Test
  void keepsNamesAndMessagesFromBecomingTags() throws IOException {
    Document page = page(Studies.scripted());
    JsonNode data = data(page);

    assertThat(page.getElementById("data").data()).doesNotContain("<");
    assertThat(data.at("/goals/0/metric").asText()).isEqualTo("accuracy" + Studies.SCRIPT);
    assertThat(data.at("/parameters/1/choices/0").asText()).isEqualTo(Studies.SCRIPT);
    assertThat(data.path("trials").toString()).contains("no such layer: </script>");
  }

  @Test
  void hasARowForEachTrial() throws IOException {
    JsonNode data = data(page(Studies.conditional()));

    assertThat(data.path("trials")).hasSize(120);
    JsonNode row = data.at("/trials/7");
    assertThat(row.get(0).asInt()).isEqualTo(7);
    assertThat(row)
        .as("number to reason, the parameters, and value and error of each metric")
        .hasSize(8 + data.path("parameters").size() + 2 * data.path("metrics").size());
    assertThat(data.path("parameters"))
        .extracting(each -> each.path("label").asText())
        .contains("rate", "updater", "updater.sgd.momentum", "hidden[2]");
    assertThat(data.path("status").asText()).isEqualTo("done");
  }

  @Test
  void saysWhatMattered() throws IOException {
    JsonNode data = data(page(Studies.conditional()));

    assertThat(data.at("/analysis/0/importance/0/0").asText()).isEqualTo("parameters.rate");
    assertThat(data.at("/analysis/0/variance/0/0").asText()).isEqualTo("parameters.rate");
    assertThat(data.at("/analysis/0/slices/0/values/0")).hasSize(25);
    assertThat(data.at("/analysis/0/contours")).isNotEmpty();
    assertThat(data.at("/pruning/pruned").asInt()).isEqualTo(8);
    assertThat(data.at("/pruning/agreements")).isNotEmpty();
    assertThat(data.path("curves")).isNotEmpty();
    assertThat(data.at("/folds/0/scores/log-loss")).hasSize(5);
    assertThat(data.path("fragment").asText()).startsWith("parameters:\n  rate: 0.00");
  }

  @Test
  void hasTheFrontOfSeveralGoals() throws IOException {
    JsonNode data = data(page(Studies.several()));

    assertThat(data.path("pareto")).hasSizeGreaterThan(3);
    assertThat(data.path("analysis")).hasSize(2);
  }

  @Test
  void showsHowSlotsWereUsed() throws IOException {
    JsonNode timeline = data(page(Studies.plain())).path("timeline");

    assertThat(timeline.path("slots").asInt()).isEqualTo(4);
    assertThat(timeline.path("utilisation").asDouble()).isBetween(0.8, 1.0);
    assertThat(timeline.path("bars"))
        .as("no two bars of a lane overlap")
        .allSatisfy(
            bar ->
                assertThat(timeline.path("bars"))
                    .filteredOn(
                        other ->
                            other != bar
                                && other.get(4).equals(bar.get(4))
                                && other.get(2).asLong() < bar.get(3).asLong() - 1
                                && bar.get(2).asLong() < other.get(3).asLong() - 1)
                    .isEmpty());
  }

  @Test
  void staysSmallForManyTrials() throws IOException {
    String page = ReportPage.of(Studies.view(Studies.many(5_000)));
    JsonNode data = data(Jsoup.parse(page));

    assertThat(data.path("trials")).hasSize(5_000);
    assertThat(data.at("/timeline/bars")).hasSize(2_000);
    assertThat(data.at("/timeline/runs").asInt()).isGreaterThan(20_000);
    assertThat(page.length()).isLessThan(3_000_000);
  }

  @Test
  void tellsAFollowingPageWhatChanged() {
    List<JournalEvent> events = Studies.plain();
    StudyLog log = StudyLog.of((JournalEvent.StudyCreated) events.get(0));
    int half = events.size() / 2;
    log.happened(events.subList(1, half));
    int ended = (int) ReportData.since(log.view(), 0).get("ended");
    List<?> running = log.view().replay().history().running();

    log.happened(events.subList(half, events.size()));
    List<?> changed = (List<?>) ReportData.since(log.view(), ended).get("trials");

    assertThat(running).isNotEmpty();
    assertThat(changed).hasSize(40 - ended);
    assertThat((List<?>) ReportData.since(log.view(), 40).get("trials")).isEmpty();
    assertThat((List<?>) ReportData.since(log.view(), 999_999).get("trials")).isEmpty();
    List<Object> all = new ArrayList<>((List<?>) ReportData.of(log.view()).get("trials"));
    assertThat(all).containsAll(changed);
    assertThat(ReportPage.following(log.view(), "")).contains("connect-src 'self'");
  }
}
