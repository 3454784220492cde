package org.fettle.driver.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How long a study may still take. Trials that run are known to last longer than they have: the
 * durations are the Kaplan and Meier estimate of the last {@value #MEMORY} trials and those that
 * run, without which the short ones that end first would promise too much. What is left of the
 * trials in flight and all of those to come is shared among as many as run at once.
 *
 * <p>E. L. Kaplan, P. Meier, <i>Nonparametric Estimation from Incomplete Observations</i>, JASA 53,
 * 1958. For one thread.
 */
final class TimeLeft {

  static final int MEMORY = 200;

  private static final double TAIL = 0.1;

  private final Map<Integer, Instant> running = new TreeMap<>();
  private final Deque<Double> ended = new ArrayDeque<>();

  void started(int trial, Instant at) {
    running.putIfAbsent(trial, at);
  }

  void ended(int trial, Instant at) {
    Instant start = running.remove(trial);
    if (start != null) {
      ended.add(seconds(start, at));
      if (ended.size() > MEMORY) {
        ended.remove();
      }
    }
  }

  /**
   * Seconds until so many trials more have begun and ended; empty as long as none has ended.
   *
   * @param waiting trials that have not begun
   */
  OptionalDouble seconds(int waiting, Instant now) {
    if (ended.isEmpty()) {
      return OptionalDouble.empty();
    }
    double[] ages = running.values().stream().mapToDouble(start -> seconds(start, now)).toArray();
    double[] lasted = ended.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double mean = beyond(0, lasted, ages);
    double work = waiting * mean;
    double longest = 0;
    for (double age : ages) {
      double rest = beyond(age, lasted, ages);
      work += rest;
      longest = Math.max(longest, rest);
    }
    return OptionalDouble.of(Math.max(longest, work / Math.max(1, ages.length)));
  }

  /** How much longer a trial lasts on average that has lasted so long. */
  private static double beyond(double age, double[] lasted, double[] ages) {
    double surviving = 1;
    double from = age;
    double area = 0;
    for (int i = 0; i < lasted.length; i++) {
      double at = lasted[i];
      if (at > age) {
        area += surviving * (at - from);
        from = at;
        double after = Arrays.stream(ages).filter(each -> each >= at).count();
        surviving *= 1 - 1 / (lasted.length - i + after);
      }
    }
    // The estimate says nothing of what outlasts all that ended: a tenth more is a guess.
    double last = Math.max(lasted[lasted.length - 1], age);
    return area + surviving * last * TAIL;
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
  }
}
