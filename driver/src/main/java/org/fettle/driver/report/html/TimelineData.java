package org.fettle.driver.report.html;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.fettle.driver.study.RunTime;
import org.fettle.driver.study.StudyView;
import org.fettle.driver.study.Timing;
import org.fettle.search.study.Trial;
import org.jspecify.annotations.Nullable;

/**
 * When runs were worked on, packed into as few lanes as they overlap. Trials without a scored run
 * stand there as they began and ended. Of many runs the last ones are listed; how many were at work
 * is counted over all.
 */
final class TimelineData {

  /** More bars than a person tells apart. */
  private static final int BARS = 2_000;

  private static final int BINS = 240;

  private record Lane(int number, Instant free) {}

  private TimelineData() {}

  static Map<String, Object> of(StudyView view) {
    List<RunTime> runs = runs(view);
    Map<String, Object> json = new LinkedHashMap<>();
    if (runs.isEmpty()) {
      return json;
    }
    Instant begin = view.begun().at();
    Instant end = view.updated();
    for (RunTime run : runs) {
      begin = run.started().isBefore(begin) ? run.started() : begin;
      end = run.ended().isAfter(end) ? run.ended() : end;
    }
    List<Integer> lanes = lanes(runs);
    int most = lanes.stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    int slots = slots(view, most);
    List<List<Object>> bars = new ArrayList<>();
    for (int i = Math.max(0, runs.size() - BARS); i < runs.size(); i++) {
      RunTime run = runs.get(i);
      bars.add(
          List.of(
              run.trial(),
              run.fold(),
              millis(view, run.started()),
              millis(view, run.ended()),
              lanes.get(i)));
    }
    double work = runs.stream().mapToDouble(RunTime::seconds).sum();
    double seconds = Math.max(1e-3, Duration.between(begin, end).toMillis() / 1e3);
    json.put("runs", runs.size());
    json.put("bars", bars);
    json.put("slots", slots);
    json.put("from", millis(view, begin));
    json.put("to", millis(view, end));
    json.put("work", Compact.number(work));
    json.put("utilisation", Compact.coarse(Math.min(1, work / seconds / slots)));
    json.put("busy", busy(runs, begin, seconds));
    return json;
  }

  private static List<RunTime> runs(StudyView view) {
    List<RunTime> runs = new ArrayList<>(view.runs());
    Set<Integer> scored = new HashSet<>();
    runs.forEach(run -> scored.add(run.trial()));
    for (Trial trial : view.replay().history().trials()) {
      Timing timing = view.replay().timings().get(trial.number());
      if (!scored.contains(trial.number())) {
        runs.add(
            new RunTime(
                trial.number(), -1, timing.started(), timing.ended().orElse(view.updated())));
      }
    }
    runs.sort(Comparator.comparing(RunTime::started).thenComparing(RunTime::trial));
    return runs;
  }

  /** Each run in the lowest lane that is free when it starts. */
  private static List<Integer> lanes(List<RunTime> runs) {
    PriorityQueue<Lane> busy = new PriorityQueue<>(Comparator.comparing(Lane::free));
    TreeSet<Integer> free = new TreeSet<>();
    List<Integer> lanes = new ArrayList<>();
    for (RunTime run : runs) {
      while (!busy.isEmpty() && !busy.peek().free().isAfter(run.started())) {
        free.add(busy.remove().number());
      }
      Integer lane = free.pollFirst();
      int number = lane == null ? busy.size() : lane;
      busy.add(new Lane(number, run.ended()));
      lanes.add(number);
    }
    return lanes;
  }

  private static int slots(StudyView view, int lanes) {
    Object cluster = view.begun().provenance().get("cluster");
    Object cores = cluster instanceof Map<?, ?> map ? map.get("cores") : null;
    return cores instanceof Number number && number.intValue() > 0 ? number.intValue() : lanes;
  }

  /** How many runs were at work on average in each of equal parts of the time. */
  private static List<@Nullable Double> busy(List<RunTime> runs, Instant begin, double seconds) {
    double[] busy = new double[BINS];
    double width = seconds / BINS;
    for (RunTime run : runs) {
      double from = Duration.between(begin, run.started()).toMillis() / 1e3 / width;
      double to = Duration.between(begin, run.ended()).toMillis() / 1e3 / width;
      for (int bin = Math.max(0, (int) from); bin < BINS && bin < to; bin++) {
        busy[bin] += Math.min(to, bin + 1.0) - Math.max(from, bin);
      }
    }
    List<@Nullable Double> rounded = new ArrayList<>();
    for (double each : busy) {
      rounded.add(Compact.coarse(each));
    }
    return rounded;
  }

  private static long millis(StudyView view, Instant at) {
    return Duration.between(view.begun().at(), at).toMillis();
  }
}
