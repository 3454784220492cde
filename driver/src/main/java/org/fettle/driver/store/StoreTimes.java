package org.fettle.driver.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/**
 * How long a driver waits for others and for the file system. Settings of Hadoop, so that they can
 * be given as {@code --conf spark.hadoop.fettle.lease.time=30s}.
 *
 * @param lease how long a driver may be silent until another takes its study over
 * @param settle where a file system cannot create a file exclusively: how long a claim stands until
 *     it counts
 * @param patience how long a write is tried again
 */
record StoreTimes(Duration lease, Duration settle, Duration patience) {

  static StoreTimes of(Configuration hadoop) {
    return new StoreTimes(
        time(hadoop, "fettle.lease.time", Duration.ofSeconds(60)),
        time(hadoop, "fettle.lease.settle", Duration.ofSeconds(3)),
        time(hadoop, "fettle.store.patience", Duration.ofMinutes(10)));
  }

  private static Duration time(Configuration hadoop, String name, Duration standard) {
    // A number without a unit means seconds; the default is taken in the unit that is asked for.
    long millis =
        TimeUnit.SECONDS.toMillis(
            hadoop.getTimeDuration(name, standard.toSeconds(), TimeUnit.SECONDS));
    String given = hadoop.get(name, "");
    return given.strip().endsWith("ms")
        ? Duration.ofMillis(hadoop.getTimeDuration(name, 0, TimeUnit.MILLISECONDS))
        : Duration.ofMillis(millis);
  }

  /** So that some beats may be late or lost. */
  Duration beat() {
    return lease.dividedBy(6);
  }
}
