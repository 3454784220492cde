package org.fettle.search.suggest.gp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;

/**
 * The trials that have one output, in the order in which they ended. Whatever is said of the first
 * rows does not depend on those behind them.
 */
final class Rows {

  private final List<Trial> trials = new ArrayList<>();
  private final List<double[]> features = new ArrayList<>();
  private final double[] values;
  private final UnaryOperator<double[]> shape;
  private final double highestNoise;

  /**
   * The rows of an output.
   *
   * @param counts which of the trials that ended, by their place among them
   * @param value of a trial that counts; NaN where a pruned trial has none
   * @param shape brings values to about variance 1
   * @param highestNoise the most that the variance of their noise may be fitted to
   */
  Rows(
      Memory memory,
      IntPredicate counts,
      ToDoubleFunction<Trial> value,
      UnaryOperator<double[]> shape,
      double highestNoise) {
    for (int i = 0; i < memory.ended().size(); i++) {
      if (counts.test(i)) {
        trials.add(memory.ended().get(i));
        features.add(memory.features(i));
      }
    }
    this.values = trials.stream().mapToDouble(value).toArray();
    this.shape = shape;
    this.highestNoise = highestNoise;
  }

  int size() {
    return trials.size();
  }

  double highestNoise() {
    return highestNoise;
  }

  Trial trial(int i) {
    return trials.get(i);
  }

  /** The loss of a completed trial. */
  double value(int i) {
    return values[i];
  }

  double[] features(int i) {
    return features.get(i);
  }

  /**
   * The outputs of the first rows, as the model sees them. A pruned trial counts as what it had
   * come to, and never as better than the median of the trials that completed: pruners stop what
   * falls behind, and a score on part of the budget may still flatter.
   */
  double[] outputs(int length) {
    double[] raw = Arrays.copyOf(values, length);
    double[] completed =
        java.util.stream.IntStream.range(0, length)
            .filter(i -> trials.get(i).state() == TrialState.COMPLETED)
            .mapToDouble(i -> raw[i])
            .sorted()
            .toArray();
    for (int i = 0; i < length; i++) {
      if (trials.get(i).state() == TrialState.PRUNED) {
        double median = completed.length == 0 ? 0 : completed[completed.length / 2];
        raw[i] = Double.isNaN(raw[i]) ? median : Math.max(raw[i], median);
      }
    }
    return shape.apply(raw);
  }
}
