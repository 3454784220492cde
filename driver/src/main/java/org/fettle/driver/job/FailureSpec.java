package org.fettle.driver.job;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fettle.search.settings.Settings;
import org.fettle.search.study.FailureCode;

/**
 * What is done about failures.
 *
 * @param retries how often a run is begun again after a failure of a kind; never after one that is
 *     not named
 * @param trialTimeout how long a trial may take from the start of its first run
 * @param runTimeout how long each run may take
 */
public record FailureSpec(
    Map<FailureCode, Integer> retries,
    Optional<Duration> trialTimeout,
    Optional<Duration> runTimeout) {

  private static final double MILLIS = 60_000;

  public FailureSpec {
    Map<FailureCode, Integer> copy = new EnumMap<>(FailureCode.class);
    copy.putAll(retries);
    retries = Collections.unmodifiableMap(copy);
    retries.forEach(FailureSpec::requireCount);
    trialTimeout.ifPresent(limit -> requirePositive("Trial timeout", limit));
    runTimeout.ifPresent(limit -> requirePositive("Run timeout", limit));
  }

  private static void requireCount(FailureCode code, int count) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "Retries after " + code + " must be at least 0, but were " + count);
    }
  }

  private static void requirePositive(String what, Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException(what + " must be positive, but was " + limit);
    }
  }

  /** What holds where a job says nothing. */
  public static FailureSpec standard() {
    return of(Settings.defaults(JobSettings.FAILURES));
  }

  static FailureSpec of(Settings settings) {
    Map<FailureCode, Integer> retries = new EnumMap<>(FailureCode.class);
    for (FailureCode code : FailureCode.values()) {
      if (settings.has(key(code))) {
        retries.put(code, (int) settings.integer(key(code)));
      }
    }
    return new FailureSpec(
        retries,
        settings.optionalNumber(JobSettings.TRIAL_TIMEOUT).map(FailureSpec::minutes),
        settings.optionalNumber(JobSettings.RUN_TIMEOUT).map(FailureSpec::minutes));
  }

  private static Duration minutes(double minutes) {
    return Duration.ofMillis(Math.max(1, Math.round(minutes * MILLIS)));
  }

  static String key(FailureCode code) {
    return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How often a run may be begun again after failures of this kind. */
  public int retries(FailureCode code) {
    return retries.getOrDefault(code, 0);
  }

  Map<String, Object> canonical() {
    Map<String, Object> canonical = new LinkedHashMap<>();
    retries.forEach((code, count) -> canonical.put(key(code), (long) count));
    trialTimeout.ifPresent(limit -> canonical.put(JobSettings.TRIAL_TIMEOUT, minutes(limit)));
    runTimeout.ifPresent(limit -> canonical.put(JobSettings.RUN_TIMEOUT, minutes(limit)));
    return canonical;
  }

  private static double minutes(Duration limit) {
    return limit.toMillis() / MILLIS;
  }
}
