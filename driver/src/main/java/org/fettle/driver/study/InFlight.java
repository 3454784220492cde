package org.fettle.driver.study;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fettle.executor.task.TrialTask;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Report;
import org.fettle.search.study.Trial;

/** A trial in flight: its runs that have not ended, and how often each was begun. */
final class InFlight {

  /** In the place of a fold: the whole trial. */
  static final int WHOLE = -1;

  private final Trial trial;
  private final List<TrialTask> tasks;
  private final Optional<String> fusion;
  private final Instant submitted;

  /** How often each run that has not ended was begun again, by fold. */
  private final SortedMap<Integer, Integer> attempts = new TreeMap<>();

  private final Map<Integer, Map<FailureCode, Integer>> failures = new HashMap<>();
  private final Set<Long> reported = new HashSet<>();
  private int restarts;
  private boolean begun;

  /** A trial of which the folds that it lacks are to be run. */
  InFlight(Trial trial, TrialPlan plan, Instant submitted) {
    this.trial = trial;
    this.tasks = plan.runs(trial);
    this.fusion = plan.fusion(trial);
    this.submitted = submitted;
    for (int fold = 0; fold < tasks.size(); fold++) {
      if (!trial.folds().containsKey(fold)) {
        attempts.put(fold, 0);
      }
    }
    trial.reports().forEach(this::isNew);
  }

  int number() {
    return trial.number();
  }

  /** What a task works on, for people who watch the cluster. */
  static String description(List<InFlight> runs) {
    List<InFlight> trials = runs.stream().distinct().toList();
    String together = runs.size() == 1 ? "" : ", %d runs as one network".formatted(runs.size());
    if (trials.size() == 1) {
      Trial only = trials.get(0).trial;
      return "trial " + only.number() + " " + only.assignment() + together;
    }
    return trials.stream()
        .map(each -> Integer.toString(each.number()))
        .collect(Collectors.joining(", ", "trials ", together));
  }

  Instant submitted() {
    return submitted;
  }

  /** The folds that have not ended. */
  List<Integer> left() {
    return List.copyOf(attempts.keySet());
  }

  boolean isWhole() {
    return attempts.size() == tasks.size();
  }

  boolean isDone() {
    return attempts.isEmpty();
  }

  TrialTask task(int fold) {
    return tasks.get(fold);
  }

  /**
   * What a fold's run must have in common with those that it is begun with; empty where it is begun
   * by itself, as is one that broke: it may have been for its company, or have harmed it.
   */
  Optional<String> fusion(int fold) {
    Set<FailureCode> broke = EnumSet.noneOf(FailureCode.class);
    List.of(fold, WHOLE).forEach(of -> broke.addAll(failures.getOrDefault(of, Map.of()).keySet()));
    broke.remove(FailureCode.PREEMPTED);
    return fusion.filter(name -> broke.isEmpty());
  }

  /** Whether a fold's run has not ended. */
  boolean runs(int fold) {
    return attempts.containsKey(fold);
  }

  /** How often a fold or the whole trial was begun before; less than 0 when it has ended. */
  int attempt(int fold) {
    return fold == WHOLE ? restarts : attempts.getOrDefault(fold, -1);
  }

  void ended(int fold) {
    attempts.remove(fold);
  }

  /** Begins a fold again: what is heard of it from before does not count any more. */
  void again(int fold) {
    attempts.merge(fold, 1, Integer::sum);
  }

  /**
   * Counts a failure of a fold's run, and says how many of its kind there were: of that run, or in
   * the case of time of the trial.
   */
  int failed(int fold, FailureCode code) {
    return failures
        .computeIfAbsent(
            code == FailureCode.TIMED_OUT ? WHOLE : fold, key -> new EnumMap<>(FailureCode.class))
        .merge(code, 1, Integer::sum);
  }

  /** Whether this is the first of its runs to begin since all of them were begun. */
  boolean begins() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  /** Begins all its runs again. */
  void restart() {
    restarts++;
    begun = false;
    left().forEach(this::again);
  }

  /** Whether a report is heard of for the first time: a run that is run again says all again. */
  boolean isNew(Report report) {
    return reported.add((long) report.fold() << Integer.SIZE | report.step());
  }
}
