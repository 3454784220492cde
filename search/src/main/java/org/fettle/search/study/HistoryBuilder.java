package org.fettle.search.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fettle.search.space.Assignment;

/**
 * Makes a {@link History} of many changes at once, in the time of their number: the same as by the
 * history's own methods, which copy for each change. For one thread.
 */
public final class HistoryBuilder {

  private final StudySpec spec;
  private final List<Growing> trials = new ArrayList<>();
  private final List<Integer> ended = new ArrayList<>();

  /** A trial that may yet change. */
  private static final class Growing {
    private final Assignment assignment;
    private final String origin;
    private final Optional<Lineage> lineage;
    private List<Report> reports = new ArrayList<>(0);
    private final Map<Integer, Measurement> folds = new TreeMap<>();
    private Optional<Trial> done = Optional.empty();

    Growing(Assignment assignment, String origin, Optional<Lineage> lineage) {
      this.assignment = assignment;
      this.origin = origin;
      this.lineage = lineage;
    }

    Trial trial(int number, Optional<Outcome> outcome) {
      return new Trial(number, assignment, origin, lineage, reports, folds, outcome);
    }
  }

  /** Begins with no trials. */
  public HistoryBuilder(StudySpec spec) {
    this.spec = spec;
  }

  public StudySpec spec() {
    return spec;
  }

  /** How many trials there are. */
  public int size() {
    return trials.size();
  }

  /**
   * Adds a running trial, whose number is {@link #size()}.
   *
   * @param lineage of a trial that goes on from others
   */
  public void started(Assignment assignment, String origin, Optional<Lineage> lineage) {
    trials.add(new Growing(assignment, origin, lineage));
  }

  /**
   * Adds a running trial's report.
   *
   * @throws IllegalArgumentException if the trial is unknown or has ended
   */
  public void reported(int number, Report report) {
    running(number).reports.add(report);
  }

  /**
   * Adds the end of one fold of a running trial.
   *
   * @throws IllegalArgumentException if the trial is unknown or has ended
   */
  public void foldEnded(int number, int fold, Measurement measurement) {
    running(number).folds.put(fold, measurement);
  }

  /**
   * Adds a running trial's end.
   *
   * @throws IllegalArgumentException if the trial is unknown or has ended, or a completed trial
   *     lacks the metric of a goal or a constraint
   */
  public void ended(int number, Outcome outcome) {
    Growing trial = running(number);
    History.checkMeasured(spec, number, outcome);
    trial.done = Optional.of(trial.trial(number, Optional.of(outcome)));
    trial.reports = List.of();
    trial.folds.clear();
    ended.add(number);
  }

  private Growing running(int number) {
    if (number < 0 || number >= trials.size()) {
      throw new IllegalArgumentException(
          "Trial " + number + " must be one of the " + trials.size() + " trials of the study");
    }
    Growing trial = trials.get(number);
    if (trial.done.isPresent()) {
      throw new IllegalArgumentException(
          "Trial " + number + " must be running, but was " + trial.done.get().state());
    }
    return trial;
  }

  /** The history after all changes so far. */
  public History build() {
    return build(spec);
  }

  /**
   * The same history of another study.
   *
   * @param as with the goals and constraints of this one
   */
  public History build(StudySpec as) {
    List<Trial> all = new ArrayList<>(trials.size());
    for (int number = 0; number < trials.size(); number++) {
      Growing trial = trials.get(number);
      int place = number;
      all.add(trial.done.orElseGet(() -> trial.trial(place, Optional.empty())));
    }
    return History.of(as, all, ended);
  }
}
