package org.fettle.search.analysis;

import java.util.Arrays;
import java.util.List;
import org.fettle.search.numeric.Dominance;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;

/** The trials of which none is better in every goal. */
public final class ParetoFront {

  private ParetoFront() {}

  /**
   * The completed trials that keep every constraint and that no other such trial dominates, by
   * number. With one goal, all that are best.
   */
  public static List<Trial> of(History history) {
    StudySpec spec = history.spec();
    List<Trial> feasible =
        history.completed().stream()
            .filter(trial -> Losses.violation(spec, trial.completed().orElseThrow()) <= 0)
            .toList();
    double[][] losses =
        feasible.stream()
            .map(trial -> Losses.of(spec, trial.completed().orElseThrow()))
            .toArray(double[][]::new);
    return Arrays.stream(Dominance.front(losses)).<Trial>mapToObj(feasible::get).toList();
  }
}
