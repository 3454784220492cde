package org.fettle.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Timer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.fettle.driver.store.StudyStatus;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;
import org.junit.jupiter.api.Test;

/** What a study's metrics count. */
class StudyMetricsTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);

  private static Assignment x(double value) {
    return Assignment.of("x", value);
  }

  private static History history() {
    SearchSpace space =
        new SearchSpace(List.of(DoubleParameter.of("x", 0, 1, Scale.LINEAR)), List.of());
    return History.empty(
        new StudySpec(space, List.of(Goal.minimize("loss")), List.of(), 1, OptionalInt.of(9), 2));
  }

  private static Object value(StudyMetrics metrics, String name) {
    return metrics.metricRegistry().getGauges().get(name).getValue();
  }

  @Test
  void countsTrialsByOutcomeAlsoThoseOfBefore() {
    TestSpark.session();
    try (StudyMetrics metrics = new StudyMetrics(() -> 3, 5, () -> now.get())) {
      assertThat(value(metrics, "best")).isEqualTo(Double.NaN);
      History history = history().started(x(0.1), "test").started(x(0.2), "test");
      history = history.ended(0, new Outcome.Completed(Measurement.of("loss", 0.5)));
      history = history.ended(1, Outcome.of(FailureCode.DIVERGED, "NaN"));
      history = history.started(x(0.3), "test");

      metrics.trialStarted(history, history.trial(2));

      assertThat(value(metrics, "trials.running")).isEqualTo(1);
      assertThat(value(metrics, "trials.completed")).isEqualTo(1);
      assertThat(value(metrics, "trials.failed")).isEqualTo(1);
      assertThat(value(metrics, "trials.limit")).isEqualTo(9);
      assertThat(value(metrics, "best")).isEqualTo(0.5);
      assertThat(value(metrics, "slots")).isEqualTo(3);
      // Five folds, three of which have a slot.
      assertThat(value(metrics, "runs.waiting")).isEqualTo(2);

      history = history.ended(2, new Outcome.Completed(Measurement.of("loss", 0.2)));
      metrics.trialEnded(history, history.trial(2));

      assertThat(value(metrics, "trials.running")).isEqualTo(0);
      assertThat(value(metrics, "trials.completed")).isEqualTo(2);
      assertThat(value(metrics, "best")).isEqualTo(0.2);
      assertThat(value(metrics, "runs.waiting")).isEqualTo(0);
    }
  }

  @Test
  void tellsHowLongTheJournalHasBeenSilent() {
    TestSpark.session();
    try (StudyMetrics metrics = new StudyMetrics(() -> 1, 1, () -> now.get())) {
      assertThat(value(metrics, "journal.lag.seconds")).isEqualTo(0.0);
      metrics.append(() -> {});
      now.set(BEGIN.plusSeconds(90));
      assertThat(value(metrics, "journal.lag.seconds")).isEqualTo(90.0);

      metrics.studyEnded(history(), StudyStatus.DONE);

      assertThat(value(metrics, "journal.lag.seconds")).isEqualTo(0.0);
      metrics.timed((history, count) -> List.of()).suggest(history(), 1);
      Map<String, Timer> timers = metrics.metricRegistry().getTimers();
      assertThat(timers.get("journal.append").getCount()).isEqualTo(1);
      assertThat(timers.get("suggestion").getCount()).isEqualTo(1);
    }
  }
}
