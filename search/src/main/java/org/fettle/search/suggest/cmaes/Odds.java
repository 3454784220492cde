package org.fettle.search.suggest.cmaes;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * The probabilities of choices without order, moved towards those of the best trials and kept from
 * vanishing. Mutable; lives for one replay.
 *
 * <p>R. Hamano, S. Saito, M. Nomura, K. Uchida, S. Shirakawa, <i>CatCMA: Stochastic Optimization
 * for Mixed-Category Problems</i>, GECCO 2024, arXiv 2405.09962; with its fixed learning rate.
 */
final class Odds {

  /** In 27 of 100 generations of one trial each some choice is taken by its margin alone. */
  private static final double SURE = 0.73;

  private final Axes axes;
  private final Map<Integer, double[]> odds = new HashMap<>();
  private final double rate;

  Odds(Axes axes) {
    this.axes = axes;
    int free = 0;
    for (int place : axes.choices()) {
      int count = axes.choice(place).choices().size();
      double[] even = new double[count];
      Arrays.fill(even, 1.0 / count);
      odds.put(place, even);
      free += count - 1;
    }
    this.rate = 1.0 / Math.max(1, free);
  }

  /** Fills in the choices of a point. */
  void draw(double[] point, RandomGenerator random) {
    for (int place : axes.choices()) {
      double[] chances = Objects.requireNonNull(odds.get(place));
      double left = random.nextDouble();
      int choice = 0;
      while (choice < chances.length - 1 && left >= chances[choice]) {
        left -= chances[choice];
        choice++;
      }
      point[place] = (choice + 0.5) / chances.length;
    }
  }

  /** One generation: points best first, with a weight for each. */
  void adapt(List<double[]> points, double[] weights) {
    for (int place : axes.choices()) {
      double[] chances = Objects.requireNonNull(odds.get(place));
      double[] wanted = new double[chances.length];
      double sum = 0;
      for (int i = 0; i < points.size(); i++) {
        double unit = points.get(i)[place];
        if (weights[i] > 0 && !Double.isNaN(unit)) {
          wanted[(int) (unit * chances.length)] += weights[i];
          sum += weights[i];
        }
      }
      for (int choice = 0; sum > 0 && choice < chances.length; choice++) {
        chances[choice] += rate * (wanted[choice] / sum - chances[choice]);
      }
      keepMargin(chances);
    }
  }

  private void keepMargin(double[] chances) {
    if (chances.length == 1) {
      return;
    }
    double least = (1 - StrictMath.pow(SURE, 1.0 / axes.choices().size())) / (chances.length - 1);
    double sum = 0;
    for (int i = 0; i < chances.length; i++) {
      chances[i] = Math.max(chances[i], least);
      sum += chances[i];
    }
    for (int i = 0; i < chances.length; i++) {
      // What was added to the rare is taken from the others, in proportion to their surplus.
      chances[i] -= (sum - 1) * (chances[i] - least) / (sum - chances.length * least);
    }
  }
}
