package org.fettle.search.prune;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Direction;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;

/**
 * Trials with learning curves. The curve of a trial of quality q in a fold falls from 1 above q
 * plus the fold's difficulty down to there, with noise.
 */
public record Crowd(Direction direction, int folds, int steps, double noise) {

  /** An empty history of a study of one goal. */
  public static History empty(Direction direction) {
    SearchSpace space = SearchSpace.of(DoubleParameter.of("x", 0, 1, Scale.LINEAR));
    Goal goal = new Goal("score", direction);
    return History.empty(new StudySpec(space, List.of(goal), List.of(), 1, OptionalInt.empty(), 1));
  }

  /** A history with one trial more, which runs. */
  public static History started(History history) {
    return history.started(Assignment.of("x", 0.5), "random");
  }

  /** A history in which a trial reported one value after the other in fold 0. */
  public static History reported(History history, int number, double... values) {
    History longer = history;
    for (int i = 0; i < values.length; i++) {
      longer = longer.reported(number, new Report(0, i + 1, Measurement.of("score", values[i])));
    }
    return longer;
  }

  /** A history with one trial more, which completed with these folds' values. */
  public static History raced(History history, double... values) {
    History longer = started(history);
    int number = longer.size() - 1;
    double sum = 0;
    for (int fold = 0; fold < values.length; fold++) {
      longer = longer.foldEnded(number, fold, Measurement.of("score", values[fold]));
      sum += values[fold];
    }
    Measurement mean = Measurement.of("score", sum / values.length);
    return longer.ended(number, new Outcome.Completed(mean));
  }

  /** One trial after the other, each stopped where the pruner says so. */
  public History run(Pruner pruner, int trials, IntToDoubleFunction quality) {
    History history = empty(direction);
    for (int number = 0; number < trials; number++) {
      history = runOne(pruner, started(history), number, quality.applyAsDouble(number));
    }
    return history;
  }

  private History runOne(Pruner pruner, History start, int number, double quality) {
    RandomGenerator random = Seeds.generator(7, number, "crowd");
    History history = start;
    double sum = 0;
    for (int fold = 0; fold < folds; fold++) {
      double loss = 0;
      for (int step = 1; step <= steps; step++) {
        loss = quality + 0.05 * fold + Math.exp(-step / 3.0) + noise * random.nextGaussian();
        history = history.reported(number, new Report(fold, step, measurement(loss)));
        Verdict verdict = pruner.decide(history, history.trial(number));
        if (verdict instanceof Verdict.Stop stop) {
          return stopped(history, number, stop);
        }
      }
      sum += loss;
      history = history.foldEnded(number, fold, measurement(loss));
      Verdict verdict = pruner.decide(history, history.trial(number));
      if (verdict instanceof Verdict.Stop stop) {
        return stopped(history, number, stop);
      }
    }
    return history.ended(number, new Outcome.Completed(measurement(sum / folds)));
  }

  private static History stopped(History history, int number, Verdict.Stop stop) {
    return history.ended(number, new Outcome.Pruned(new Measurement(Map.of()), stop.reason()));
  }

  private Measurement measurement(double loss) {
    return Measurement.of("score", direction.loss(loss));
  }

  /** Of all steps of all folds, how many were taken. */
  public double cost(History history) {
    long taken = history.trials().stream().map(Trial::reports).mapToLong(List::size).sum();
    return (double) taken / ((long) history.size() * folds * steps);
  }
}
