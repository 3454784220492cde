package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fettle.optimizers.engine.Exchange;
import org.fettle.search.settings.Settings;

/**
 * Each run is trained by several tasks, on as many executors as there are.
 *
 * @param workers how many tasks train a run
 * @param exchange how they tell each other what they learnt
 * @param every steps of a worker between two averagings
 */
public record ClusterPlacement(int workers, Exchange exchange, int every) {

  static final String CLUSTER = "cluster";
  static final String EXECUTOR = "executor";
  static final String WORKERS = "workers";
  static final String EXCHANGE = "exchange";
  static final String EVERY = "every";

  public ClusterPlacement {
    requireNonNull(exchange, "exchange is null");
    if (workers < 1 || every < 1) {
      throw new IllegalArgumentException(
          "Workers and steps must be at least 1, but were %d and %d".formatted(workers, every));
    }
  }

  /** What a component named in a job stands for; empty for one executor. */
  static Optional<ClusterPlacement> of(Component placement) {
    if (!placement.name().equals(CLUSTER)) {
      return Optional.empty();
    }
    Settings settings = Settings.of(JobSettings.CLUSTER, placement.settings());
    return Optional.of(
        new ClusterPlacement(
            Math.toIntExact(settings.integer(WORKERS)),
            settings.word(EXCHANGE, Exchange.class),
            Math.toIntExact(settings.integer(EVERY))));
  }

  Map<String, Object> canonical() {
    Map<String, Object> canonical = new LinkedHashMap<>();
    canonical.put("type", CLUSTER);
    canonical.put(WORKERS, (long) workers);
    canonical.put(EXCHANGE, exchange.name().toLowerCase(Locale.ROOT));
    canonical.put(EVERY, (long) every);
    return canonical;
  }
}
