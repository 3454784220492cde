package org.fettle.executor.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.resource.ResourceInformation;
import org.fettle.executor.task.RunReport;
import org.fettle.executor.task.TaskCodec;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PluginReporterTest {

  /** A driver that answers when it may. */
  private static final class Driver implements PluginContext {
    final Semaphore answers = new Semaphore(0);
    final Queue<Integer> heard = new ConcurrentLinkedQueue<>();
    final AtomicInteger asked = new AtomicInteger();
    private final TaskCodec codec = new TaskCodec();

    @Override
    public Object ask(Object message) throws Exception {
      asked.incrementAndGet();
      answers.acquire();
      List<RunReport> reports = codec.decodeReports((byte[]) message);
      if (reports.get(0).trial() == 13) {
        throw new IOException("the driver is away");
      }
      reports.forEach(each -> heard.add(each.report().step()));
      return IntStream.range(0, reports.size())
          .filter(place -> reports.get(place).trial() == 4)
          .toArray();
    }

    @Override
    public void send(Object message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MetricRegistry metricRegistry() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SparkConf conf() {
      return new SparkConf(false);
    }

    @Override
    public String executorID() {
      return "1";
    }

    @Override
    public String hostname() {
      return "here";
    }

    @Override
    public Map<String, ResourceInformation> resources() {
      return Map.of();
    }
  }

  private static Report report(int step) {
    return new Report(0, step, Measurement.of("loss", step));
  }

  @Test
  void reportsThatComeBeforeAnAnswerGoTogetherAndInOrder() {
    Driver driver = new Driver();
    try (PluginReporter channel = new PluginReporter(driver);
        Reporter reporter = channel.of("study", "7")) {
      reporter.report(1, report(1));
      await().until(() -> driver.asked.get() == 1);
      for (int step = 2; step <= 500; step++) {
        reporter.report(1, report(step));
      }
      driver.answers.release(2);

      await().until(() -> driver.heard.size() == 500);
      assertThat(driver.heard)
          .containsExactlyElementsOf(IntStream.rangeClosed(1, 500).boxed().toList());
      assertThat(driver.asked).hasValue(2);
    }
  }

  @Test
  void aDriverThatDoesNotAnswerHoldsUpNobodyAndFillsNoMemory() {
    Driver driver = new Driver();
    try (PluginReporter channel = new PluginReporter(driver);
        Reporter reporter = channel.of("study", "7")) {
      reporter.report(1, report(1));
      await().until(() -> driver.asked.get() == 1);
      for (int step = 2; step <= 50_000; step++) {
        reporter.report(1, report(step));
      }
      driver.answers.release(1_000);

      await().until(() -> driver.heard.size() == 10_001);
    }
  }

  @Test
  void aBrokenChannelThrowsNothingAndReportsGoOnAfterIt() {
    Driver driver = new Driver();
    try (PluginReporter channel = new PluginReporter(driver);
        Reporter reporter = channel.of("study", "7")) {
      driver.answers.release(1_000);
      reporter.report(13, report(1));
      await().until(() -> driver.asked.get() == 1);
      reporter.report(1, report(2));

      await().until(() -> driver.heard.size() == 1);
      assertThat(driver.heard).containsExactly(2);
    }
  }

  @Test
  void aTaskHearsOfWhichTrialTheDriverWantsNoMore() {
    Driver driver = new Driver();
    driver.answers.release(1_000);
    try (PluginReporter channel = new PluginReporter(driver);
        Reporter reporter = channel.of("study", "7");
        Reporter other = channel.of("study", "8")) {
      reporter.report(3, report(1));
      reporter.report(4, report(2));

      await().until(() -> reporter.isCancelled(4));
      assertThat(reporter.isCancelled(3)).isFalse();
      assertThat(other.isCancelled(4)).isFalse();
    }
  }
}
