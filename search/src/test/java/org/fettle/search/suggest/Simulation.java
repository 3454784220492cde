package org.fettle.search.suggest;

import java.util.List;
import java.util.function.Function;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;

/** Drives a suggester without a clock: which of the running trials ends next follows the seed. */
public final class Simulation {

  private Simulation() {}

  /** A history of up to {@code trials} trials, all ended, evaluated one at a time. */
  public static History run(
      Suggester suggester, StudySpec spec, int trials, Function<Trial, Outcome> objective) {
    return finish(run(suggester, History.empty(spec), trials, 1, objective), 0, objective);
  }

  /**
   * Goes on from a history until it has {@code trials} trials or the suggester gives none. Up to
   * {@code parallelism} trials run at once, and those that ran at the end are left running.
   */
  public static History run(
      Suggester suggester,
      History start,
      int trials,
      int parallelism,
      Function<Trial, Outcome> objective) {
    History history = start;
    while (history.size() < trials) {
      history = finish(history, parallelism - 1, objective);
      List<Suggestion> suggestions = suggester.suggest(history, 1);
      if (suggestions.isEmpty()) {
        return history;
      }
      Suggestion suggestion = suggestions.get(0);
      history = suggestion.startedIn(history);
    }
    return history;
  }

  private static History finish(History start, int leave, Function<Trial, Outcome> objective) {
    History history = start;
    while (history.running().size() > leave) {
      List<Trial> running = history.running();
      long draw = Seeds.derive(history.spec().seed(), history.ended().size(), "simulation");
      Trial next = running.get(Math.floorMod(draw, running.size()));
      history = history.ended(next.number(), objective.apply(next));
    }
    return history;
  }

  /** An outcome with the value for every goal, and 0 for every constraint's metric. */
  public static Outcome completed(StudySpec spec, double value) {
    Measurement measurement = Measurement.none();
    for (var constraint : spec.constraints()) {
      measurement = measurement.and(constraint.metric(), 0);
    }
    for (var goal : spec.goals()) {
      measurement = measurement.and(goal.metric(), value);
    }
    return new Outcome.Completed(measurement);
  }
}
