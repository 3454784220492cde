package org.fettle.search.study;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.fettle.search.space.Assignment;

/**
 * A snapshot of one assignment and all that is known of its evaluation.
 *
 * @param number from 0, without gaps, in the order of suggestion
 * @param origin which suggester proposed it, for example {@code random}
 * @param lineage which trials it goes on from; empty where it begins anew
 * @param reports per fold and step, in the order of arrival
 * @param folds the final measurement of each fold that has ended, by the fold's number
 * @param outcome empty while the trial runs
 */
public record Trial(
    int number,
    Assignment assignment,
    String origin,
    Optional<Lineage> lineage,
    List<Report> reports,
    Map<Integer, Measurement> folds,
    Optional<Outcome> outcome) {

  public Trial {
    requireNonNull(assignment, "assignment is null");
    requireNonNull(origin, "origin is null");
    requireNonNull(lineage, "lineage is null");
    if (lineage.isPresent()
        && Math.max(lineage.get().parent(), lineage.get().predecessor()) >= number) {
      throw new IllegalArgumentException(
          "Trial %d must go on from earlier ones, but was of %s".formatted(number, lineage.get()));
    }
    if (number < 0) {
      throw new IllegalArgumentException("Trial number must not be negative, but was " + number);
    }
    reports = ReportList.of(reports);
    NavigableMap<Integer, Measurement> sorted = new TreeMap<>(folds);
    if (!sorted.isEmpty() && sorted.firstKey() < 0) {
      throw new IllegalArgumentException(
          "Fold of trial " + number + " must not be negative, but was " + sorted.firstKey());
    }
    folds = sorted.isEmpty() ? Map.of() : Collections.unmodifiableMap(sorted);
  }

  /** A trial that has just been suggested. */
  public static Trial running(int number, Assignment assignment, String origin) {
    return new Trial(
        number, assignment, origin, Optional.empty(), List.of(), Map.of(), Optional.empty());
  }

  /** The same trial, going on from others. */
  public Trial with(Lineage from) {
    return new Trial(number, assignment, origin, Optional.of(from), reports, folds, outcome);
  }

  public TrialState state() {
    return outcome.map(Outcome::state).orElse(TrialState.RUNNING);
  }

  /** The score, if the trial completed. */
  public Optional<Measurement> completed() {
    return outcome
        .filter(Outcome.Completed.class::isInstance)
        .map(end -> ((Outcome.Completed) end).measurement());
  }

  /** Whether a fold has reported a step; found in logarithmic time. */
  public boolean hasReport(int fold, int step) {
    return indexed().has(fold, step);
  }

  /** The reports of one fold by step, equal steps in the order of arrival; costs no copy. */
  public List<Report> reports(int fold) {
    return indexed().fold(fold);
  }

  /** The greatest step that any fold has reported; 0 without reports. */
  public int lastStep() {
    return indexed().lastStep();
  }

  private ReportList indexed() {
    return ReportList.of(reports);
  }

  /** The same trial with one more report. */
  public Trial with(Report report) {
    return new Trial(number, assignment, origin, lineage, indexed().plus(report), folds, outcome);
  }

  /** The same trial with the final measurement of a fold. */
  public Trial withFold(int fold, Measurement measurement) {
    Map<Integer, Measurement> more = new TreeMap<>(folds);
    more.put(fold, measurement);
    return new Trial(number, assignment, origin, lineage, reports, more, outcome);
  }

  /** The same trial, ended. */
  public Trial with(Outcome end) {
    return new Trial(number, assignment, origin, lineage, reports, folds, Optional.of(end));
  }
}
