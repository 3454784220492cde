package org.fettle.search.study;

import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.fettle.search.space.Assignment;
import org.jspecify.annotations.Nullable;

/**
 * All trials of a study so far, immutable: a change gives another history that shares what did not
 * change. A trial's number is its place in {@link #trials()}.
 *
 * <p>{@link #ended()} keeps the order in which trials ended. Two studies with the same sequence of
 * changes have equal histories, whatever the clock said.
 */
public final class History {

  private final StudySpec spec;
  private final PersistentList<Trial> trials;
  private final PersistentList<Integer> ended;
  private final NavigableMap<Integer, Trial> running;
  private final @Nullable Trial incumbent;

  private History(
      StudySpec spec,
      PersistentList<Trial> trials,
      PersistentList<Integer> ended,
      NavigableMap<Integer, Trial> running,
      @Nullable Trial incumbent) {
    this.spec = spec;
    this.trials = trials;
    this.ended = ended;
    this.running = running;
    this.incumbent = incumbent;
  }

  public static History empty(StudySpec spec) {
    return new History(spec, PersistentList.empty(), PersistentList.empty(), new TreeMap<>(), null);
  }

  /** A history of trials by number, and the numbers of those that ended in their order. */
  static History of(StudySpec spec, List<Trial> trials, List<Integer> ended) {
    NavigableMap<Integer, Trial> running = new TreeMap<>();
    trials.stream()
        .filter(trial -> trial.outcome().isEmpty())
        .forEach(trial -> running.put(trial.number(), trial));
    History history =
        new History(spec, PersistentList.of(trials), PersistentList.of(ended), running, null);
    for (int number : ended) {
      Trial best = history.better(trials.get(number));
      history = new History(spec, history.trials, history.ended, running, best);
    }
    return history;
  }

  public StudySpec spec() {
    return spec;
  }

  /** All trials by number. */
  public List<Trial> trials() {
    return trials;
  }

  public Trial trial(int number) {
    if (number < 0 || number >= trials.size()) {
      throw new IllegalArgumentException(
          "Trial " + number + " must be one of the " + trials.size() + " trials of the study");
    }
    return trials.get(number);
  }

  public int size() {
    return trials.size();
  }

  /** The running trials by number. */
  public List<Trial> running() {
    return List.copyOf(running.values());
  }

  /** The numbers of the trials that ended, in the order in which they did. */
  public List<Integer> ended() {
    return ended;
  }

  /** The trials that completed, by number. */
  public List<Trial> completed() {
    return trials.stream().filter(trial -> trial.state() == TrialState.COMPLETED).toList();
  }

  /**
   * The best completed trial by the first goal among those that keep every constraint; of equals
   * the one suggested first.
   */
  public Optional<Trial> incumbent() {
    return Optional.ofNullable(incumbent);
  }

  private @Nullable Trial better(Trial trial) {
    if (trial.completed().isEmpty() || !feasible(trial)) {
      return incumbent;
    }
    return incumbent == null || beats(trial, incumbent) ? trial : incumbent;
  }

  private boolean beats(Trial trial, Trial other) {
    Direction direction = spec.goal().direction();
    double loss = direction.loss(score(trial, spec.goal()));
    double least = direction.loss(score(other, spec.goal()));
    return loss < least || (loss == least && trial.number() < other.number());
  }

  private static double score(Trial trial, Goal goal) {
    return trial.completed().orElseThrow().value(goal.metric());
  }

  private boolean feasible(Trial trial) {
    Measurement measurement = trial.completed().orElseThrow();
    return spec.constraints().stream()
        .allMatch(constraint -> constraint.violation(measurement.value(constraint.metric())) <= 0);
  }

  /** The number of the first trial with this assignment. */
  public OptionalInt find(Assignment assignment) {
    return trials.stream()
        .filter(trial -> trial.assignment().equals(assignment))
        .mapToInt(Trial::number)
        .findFirst();
  }

  /**
   * The numbers of the trials of which this history has another snapshot than an earlier one, or
   * the earlier one has none. Quick where this one grew from the other: what they share is not
   * looked at.
   */
  public List<Integer> changedSince(History earlier) {
    return trials.changedSince(earlier.trials);
  }

  /** The history with one more running trial, whose number is {@link #size()}. */
  public History started(Assignment assignment, String origin) {
    return started(Trial.running(trials.size(), assignment, origin));
  }

  /** The same, of a trial that goes on from others. */
  public History started(Assignment assignment, String origin, Lineage lineage) {
    return started(Trial.running(trials.size(), assignment, origin).with(lineage));
  }

  private History started(Trial trial) {
    return new History(spec, trials.plus(trial), ended, runningWith(trial), incumbent);
  }

  /** The history after a running trial's report. */
  public History reported(int number, Report report) {
    return changed(stillRunning(number).with(report));
  }

  /** The history after the end of one fold of a running trial. */
  public History foldEnded(int number, int fold, Measurement measurement) {
    return changed(stillRunning(number).withFold(fold, measurement));
  }

  /**
   * The history after a running trial's end.
   *
   * @throws IllegalArgumentException if the trial is unknown or has ended, or a completed trial
   *     lacks the metric of a goal or a constraint
   */
  public History ended(int number, Outcome outcome) {
    Trial trial = stillRunning(number);
    checkMeasured(spec, number, outcome);
    NavigableMap<Integer, Trial> fewer = new TreeMap<>(running);
    fewer.remove(number);
    Trial done = trial.with(outcome);
    return new History(spec, trials.with(number, done), ended.plus(number), fewer, better(done));
  }

  static void checkMeasured(StudySpec spec, int number, Outcome outcome) {
    if (outcome instanceof Outcome.Completed completed) {
      spec.goals().forEach(goal -> checkMeasured(number, completed, goal.metric()));
      spec.constraints().forEach(each -> checkMeasured(number, completed, each.metric()));
    }
  }

  private static void checkMeasured(int number, Outcome.Completed completed, String metric) {
    Measurement measurement = completed.measurement();
    if (!measurement.has(metric)) {
      throw new IllegalArgumentException(
          "Trial %d must be told with %s, but was with %s"
              .formatted(number, metric, measurement.values().keySet()));
    }
  }

  private Trial stillRunning(int number) {
    Trial trial = trial(number);
    if (trial.outcome().isPresent()) {
      throw new IllegalArgumentException(
          "Trial " + number + " must be running, but was " + trial.state());
    }
    return trial;
  }

  private History changed(Trial trial) {
    return new History(
        spec, trials.with(trial.number(), trial), ended, runningWith(trial), incumbent);
  }

  private NavigableMap<Integer, Trial> runningWith(Trial trial) {
    NavigableMap<Integer, Trial> more = new TreeMap<>(running);
    more.put(trial.number(), trial);
    return more;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof History history
        && spec.equals(history.spec)
        && trials.equals(history.trials)
        && ended.equals(history.ended);
  }

  @Override
  public int hashCode() {
    return Objects.hash(spec, trials, ended);
  }

  @Override
  public String toString() {
    return "History[" + trials.size() + " trials, running " + running.keySet() + "]";
  }
}
