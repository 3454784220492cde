package org.fettle.search.suggest.pbt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fettle.search.analysis.Losses;
import org.fettle.search.study.History;
import org.fettle.search.study.Lineage;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;

/**
 * A history as a population: members, each a chain of trials, and how many generations of training
 * are in each trial. All of it follows from the lineages of the trials.
 */
final class Population {

  /** A member whose trials break so often one after the other is given up. */
  private static final int PATIENCE = 3;

  private final History history;
  private final int[] generations;
  private final int[] failures;
  private final boolean[] succeeded;
  private final int founders;

  Population(History history) {
    this.history = history;
    int size = history.size();
    generations = new int[size];
    failures = new int[size];
    succeeded = new boolean[size];
    int begun = 0;
    for (Trial trial : history.trials()) {
      int number = trial.number();
      Optional<Lineage> lineage = trial.lineage();
      generations[number] = lineage.map(Lineage::generation).orElse(1);
      failures[number] = lineage.map(from -> failures[from.predecessor()]).orElse(0);
      failures[number] = broke(trial) ? failures[number] + 1 : 0;
      lineage.ifPresent(from -> succeeded[from.predecessor()] = true);
      begun += lineage.isEmpty() ? 1 : 0;
    }
    founders = begun;
  }

  private static boolean broke(Trial trial) {
    return trial.state() != TrialState.COMPLETED && trial.state() != TrialState.RUNNING;
  }

  /** How many members there are, those that were given up among them. */
  int founders() {
    return founders;
  }

  /** How many generations a trial has been trained for, those of its parents among them. */
  int generation(Trial trial) {
    return generations[trial.number()];
  }

  /** The members' latest trials where they have ended, the least trained first. */
  List<Trial> ready() {
    return IntStream.range(0, succeeded.length)
        .filter(number -> !succeeded[number])
        .mapToObj(history::trial)
        .filter(trial -> trial.state() != TrialState.RUNNING)
        .filter(trial -> failures[trial.number()] < PATIENCE)
        .sorted(Comparator.comparingInt(this::generation).thenComparing(Trial::number))
        .toList();
  }

  /** The trials that completed after so many generations, best first; of equals the first begun. */
  List<Trial> ranked(int generation) {
    List<Trial> ranked = new ArrayList<>();
    for (Trial trial : history.completed()) {
      if (generation(trial) == generation) {
        ranked.add(trial);
      }
    }
    ranked.sort((one, other) -> Arrays.compare(losses(one), losses(other)));
    return ranked;
  }

  /** What is broken of the constraints comes first, then the first goal. */
  private double[] losses(Trial trial) {
    Measurement end = trial.completed().orElseThrow();
    return new double[] {Losses.violation(history.spec(), end), Losses.of(history.spec(), end)[0]};
  }
}
