package org.fettle.driver.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.fettle.driver.report.Studies;
import org.fettle.driver.store.JournalEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report as a browser shows it; where there is a Chromium. */
class ReportBrowserTest {

  @TempDir static Path temporary;

  private static Chromium browser;

  @BeforeAll
  static void start() throws Exception {
    var program = Chromium.find();
    assumeTrue(
        program.isPresent(), "No Chromium on the path, and CHROMIUM does not name one: skipped");
    browser = new Chromium(program.get(), temporary.resolve("profile"), 1400, 900);
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  private static void open(String name, List<JournalEvent> events) throws Exception {
    Path file = temporary.resolve(name + ".html");
    Files.writeString(file, ReportPage.of(Studies.view(events)));
    browser.complaints().clear();
    browser.open(file.toUri().toString());
  }

  private static String text(String expression) throws Exception {
    return browser.evaluate(expression).asText();
  }

  private static List<JournalEvent> study(String name) {
    return switch (name) {
      case "plain" -> Studies.plain();
      case "conditional" -> Studies.conditional();
      case "several" -> Studies.several();
      case "failed" -> Studies.failed();
      case "one" -> Studies.one();
      case "none" -> Studies.none();
      case "scripted" -> Studies.scripted();
      default -> throw new AssertionError(name);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "plain, light, 1400",
    "conditional, dark, 390",
    "several, light, 390",
    "failed, dark, 1400",
    "one, light, 390",
    "none, light, 1400",
    "scripted, dark, 1400"
  })
  void drawsEveryPlotWithoutAComplaint(String name, String scheme, int width) throws Exception {
    browser.media(scheme, width, 900);
    open(name, study(name));

    // Into view one after the other, as a reader scrolls.
    JsonNode plots =
        browser.evaluate(
            """
            (async () => {
              const drawn = [];
              for (const plot of plots) {
                plot.canvas.scrollIntoView();
                for (let i = 0; i < 100 && !plot.canvas.dataset.drawn; i++) await new Promise(r => setTimeout(r, 50));
                const canvas = plot.canvas.querySelector('canvas');
                const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                const colours = new Set();
                for (let i = 0; i < pixels.length; i += 4) if (pixels[i + 3] > 0) colours.add(pixels[i] + ',' + pixels[i + 1] + ',' + pixels[i + 2]);
                plot.behind.open = true;
                await new Promise(r => setTimeout(r, 20));
                drawn.push({id: plot.spec.id, colours: colours.size, rows: plot.rows.querySelectorAll('tbody tr').length, label: plot.canvas.getAttribute('aria-label')});
              }
              return drawn;
            })()
            """);

    assertThat(browser.complaints()).isEmpty();
    assertThat(plots)
        .allSatisfy(
            plot -> {
              assertThat(plot.path("colours").asInt()).as("%s", plot).isGreaterThan(2);
              assertThat(plot.path("label").asText()).isNotBlank();
            });
    assertThat(text("document.querySelector('h1').textContent")).isEqualTo(name);
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .as("nothing sticks out")
        .isLessThanOrEqualTo(width);
    assertThat(browser.evaluate("document.querySelectorAll('img, main script').length").asInt())
        .isZero();
    if (!name.equals("none") && !name.equals("failed")) {
      assertThat(plots).anySatisfy(plot -> assertThat(plot.path("rows").asInt()).isPositive());
    }
  }

  @Test
  void filtersAndSortsTrials() throws Exception {
    browser.media("light", 1400, 900);
    open("filter", Studies.conditional());
    assertThat(text("document.querySelector('#count').textContent")).isEqualTo("120 of 120 trials");

    filter("updater=adam log-loss<0.6");
    await().until(() -> !text("document.querySelector('#count').textContent").startsWith("120 of"));
    long adam =
        Studies.view(Studies.conditional()).replay().history().completed().stream()
            .filter(trial -> "adam".equals(trial.assignment().values().get("parameters.updater")))
            .filter(trial -> trial.completed().orElseThrow().value("log-loss") < 0.6)
            .count();
    int pruned =
        browser
            .evaluate(
                "trials.filter(row => row[STATE] === 2 && score(row, 'log-loss') < .6).length")
            .asInt();
    assertThat(text("document.querySelector('#count').textContent"))
        .isEqualTo((adam + pruned) + " of 120 trials");

    browser.evaluate(
        "[...document.querySelectorAll('#table th button')].find(b => b.textContent.startsWith('log-loss')).click()");
    assertThat(text("document.querySelector('#table th[aria-sort=ascending]').textContent"))
        .startsWith("log-loss");
    assertThat(
            browser
                .evaluate(
                    "[...document.querySelectorAll('#table tbody td:nth-child(3)')].every((td, i, all) => i === 0 || parseFloat(all[i - 1].textContent) <= parseFloat(td.textContent))")
                .asBoolean())
        .isTrue();
    filter("alert(1)");
    await().until(() -> text("document.querySelector('#count').textContent").startsWith("8 of"));
    assertThat(browser.complaints()).isEmpty();
  }

  private static void filter(String text) throws Exception {
    browser.evaluate(
        "(() => { const box = document.querySelector('#filter'); box.value = '"
            + text
            + "'; box.dispatchEvent(new Event('input')); })()");
  }

  @Test
  void tellsOfATrialUnderTheMouseAndOnAClick() throws Exception {
    browser.media("light", 1400, 900);
    open("tooltip", Studies.scripted());
    JsonNode place =
        browser.evaluate(
            """
            (async () => {
              const plot = plots.find(each => each.spec.id === 'history-plot');
              plot.canvas.scrollIntoView({block: 'center'});
              while (!plot.canvas.dataset.drawn) await new Promise(r => setTimeout(r, 50));
              const row = trials[data.best];
              const at = plot.chart.convertToPixel({seriesIndex: 0}, [row[NUMBER], score(row, data.goals[0].metric)]);
              const box = plot.canvas.getBoundingClientRect();
              return {x: box.left + at[0], y: box.top + at[1], trial: row[NUMBER]};
            })()
            """);
    browser.point(place.path("x").asDouble(), place.path("y").asDouble());
    browser.point(place.path("x").asDouble() + 1, place.path("y").asDouble());

    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                text("document.querySelector('#history-plot .plot').textContent")
                    .contains("trial " + place.path("trial").asInt()));
    browser.evaluate("showTrial(" + place.path("trial").asInt() + ")");
    assertThat(text("document.querySelector('dialog[open]').textContent"))
        .startsWith("Trial " + place.path("trial").asInt())
        .contains(Studies.SCRIPT);
    assertThat(browser.evaluate("document.querySelectorAll('img').length").asInt()).isZero();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void staysUsableWithManyTrials() throws Exception {
    browser.media("light", 1400, 900);
    open("many", Studies.many(5_000));

    assertThat(text("document.querySelector('#count').textContent"))
        .isEqualTo("5000 of 5000 trials");
    browser.evaluate("document.querySelector('#table').scrollTop = 28 * 4000");
    await()
        .until(
            () ->
                browser
                        .evaluate("document.querySelectorAll('[data-trial=\"4005\"]').length")
                        .asInt()
                    == 1);
    assertThat(browser.evaluate("document.querySelectorAll('#table tr').length").asInt())
        .as("rows in the page")
        .isLessThan(100);
    assertThat(browser.complaints()).isEmpty();
  }
}
