package org.fettle.driver.spark;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;
import org.fettle.driver.store.StudyStatus;
import org.fettle.driver.study.StudyListener;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * How a study goes, for Spark's metrics system and all its sinks, under {@code
 * <application>.driver.fettle}:
 *
 * <ul>
 *   <li>{@code trials.running}, {@code .completed}, {@code .pruned}, {@code .failed}, {@code
 *       .infeasible}: how many there are; {@code trials.limit}: how many there will be, -1 if that
 *       is open
 *   <li>{@code best}: the incumbent's score by the first goal, NaN before there is one
 *   <li>{@code slots}, and {@code runs.waiting} for one
 *   <li>{@code suggestion}: how long the search takes to suggest
 *   <li>{@code journal.append}: how long the journal takes what happened; {@code
 *       journal.lag.seconds}: how long ago it last did, 0 once the study has ended
 * </ul>
 *
 * Heard on the loop's thread, read on any.
 */
public final class StudyMetrics implements Source, StudyListener, AutoCloseable {

  private final MetricRegistry registry = new MetricRegistry();
  private final IntSupplier slots;
  private final int runsPerTrial;
  private final InstantSource clock;
  private final Timer suggestion = registry.timer("suggestion");
  private final Timer append = registry.timer("journal.append");
  private final Map<TrialState, Integer> counts = new EnumMap<>(TrialState.class);
  private volatile Snapshot now = new Snapshot(Map.of(), -1, Double.NaN, 0);
  private volatile @Nullable Instant written;

  private record Snapshot(Map<TrialState, Integer> counts, int limit, double best, int runsLeft) {
    int count(TrialState state) {
      return counts.getOrDefault(state, 0);
    }
  }

  /**
   * Metrics of a study, registered until they are closed.
   *
   * @param slots of the back end, asked from any thread
   */
  public StudyMetrics(IntSupplier slots, int runsPerTrial, InstantSource clock) {
    this.slots = slots;
    this.runsPerTrial = runsPerTrial;
    this.clock = clock;
    for (TrialState state : TrialState.values()) {
      gauge("trials." + state.name().toLowerCase(Locale.ROOT), () -> now.count(state));
    }
    gauge("trials.limit", () -> now.limit());
    gauge("best", () -> now.best());
    gauge("slots", slots::getAsInt);
    gauge("runs.waiting", () -> Math.max(0, now.runsLeft() - this.slots.getAsInt()));
    gauge("journal.lag.seconds", this::lag);
    SparkEnv.get().metricsSystem().registerSource(this);
  }

  private void gauge(String name, Gauge<?> gauge) {
    registry.register(name, gauge);
  }

  private double lag() {
    Instant last = written;
    return last == null ? 0 : Duration.between(last, clock.instant()).toMillis() / 1000.0;
  }

  @Override
  public String sourceName() {
    return "fettle";
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }

  /** The same suggester, timed. */
  public Suggester timed(Suggester suggester) {
    return new Suggester() {
      @Override
      public List<Suggestion> suggest(History history, int count) {
        try (Timer.Context timing = suggestion.time()) {
          return suggester.suggest(history, count);
        }
      }

      @Override
      public boolean learns() {
        return suggester.learns();
      }
    };
  }

  /** Appends to a journal, timed. */
  public void append(Runnable appending) {
    try (Timer.Context timing = append.time()) {
      appending.run();
    }
    written = clock.instant();
  }

  @Override
  public void trialStarted(History history, Trial trial) {
    hear(history, trial);
  }

  @Override
  public void trialEnded(History history, Trial trial) {
    hear(history, trial);
  }

  @Override
  public void studyEnded(History history, StudyStatus status) {
    written = null;
  }

  /** A long history is counted once, at the first news of it. */
  private void hear(History history, Trial trial) {
    if (counts.isEmpty()) {
      history.trials().forEach(each -> counts.merge(each.state(), 1, Integer::sum));
    } else if (trial.state() != TrialState.RUNNING) {
      counts.merge(trial.state(), 1, Integer::sum);
    }
    List<Trial> running = history.running();
    counts.put(TrialState.RUNNING, running.size());
    int left = running.stream().mapToInt(each -> runsPerTrial - each.folds().size()).sum();
    now = new Snapshot(Map.copyOf(counts), history.spec().trials().orElse(-1), best(history), left);
  }

  private static double best(History history) {
    Goal goal = history.spec().goal();
    return history
        .incumbent()
        .flatMap(Trial::completed)
        .map(measured -> measured.value(goal.metric()))
        .orElse(Double.NaN);
  }

  @Override
  public void close() {
    SparkEnv env = SparkEnv.get();
    if (env != null) {
      env.metricsSystem().removeSource(this);
    }
  }
}
