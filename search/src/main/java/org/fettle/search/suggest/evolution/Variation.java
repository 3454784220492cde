package org.fettle.search.suggest.evolution;

import java.util.random.RandomGenerator;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Parameter;

/**
 * Makes a child of two parents in the unit cube. Numbers and ordered choices are crossed by
 * simulated binary crossover and mutated by the polynomial mutation; choices without order are
 * swapped and drawn anew. Where one parent has no value the other's counts, and where neither has
 * one it is drawn.
 *
 * <p>K. Deb, R. B. Agrawal, <i>Simulated Binary Crossover for Continuous Search Space</i>, 1995; K.
 * Deb, M. Goyal, <i>A Combined Genetic Adaptive Search</i>, 1996.
 *
 * @param crossover how often two parents are crossed at all, rather than one copied
 * @param mutation how many genes are mutated on average
 * @param spread η of both operators; children are the closer to their parents the greater it is
 */
record Variation(double crossover, double mutation, double spread) {

  double[] child(Iterable<Parameter> parameters, double[] one, double[] other, RandomGenerator r) {
    double[] child = new double[one.length];
    boolean crossed = r.nextDouble() < crossover;
    int place = 0;
    for (Parameter parameter : parameters) {
      boolean ordered = !(parameter instanceof CategoricalParameter);
      double gene = inherited(one[place], other[place], crossed, ordered, r);
      if (r.nextDouble() * one.length < mutation) {
        gene = ordered ? mutated(gene, r) : r.nextDouble();
      }
      child[place++] = gene;
    }
    return child;
  }

  private double inherited(
      double one, double other, boolean crossed, boolean ordered, RandomGenerator random) {
    if (Double.isNaN(one) || Double.isNaN(other)) {
      double gene = Double.isNaN(one) ? other : one;
      return Double.isNaN(gene) ? random.nextDouble() : gene;
    }
    boolean swapped = crossed && random.nextBoolean();
    if (!crossed || !ordered) {
      return swapped ? other : one;
    }
    double near = swapped ? other : one;
    double far = swapped ? one : other;
    // Half of the genes are crossed, as in Deb's own program.
    return random.nextBoolean() ? clamp(between(near, far, random.nextDouble())) : near;
  }

  /** Of the two children that the crossover has, the one on the side of {@code near}. */
  private double between(double near, double far, double draw) {
    double exponent = 1 / (spread + 1);
    double beta =
        draw <= 0.5
            ? StrictMath.pow(2 * draw, exponent)
            : StrictMath.pow(1 / (2 * (1 - draw)), exponent);
    return 0.5 * ((1 + beta) * near + (1 - beta) * far);
  }

  private double mutated(double gene, RandomGenerator random) {
    double draw = random.nextDouble();
    double exponent = 1 / (spread + 1);
    if (draw < 0.5) {
      double edge = StrictMath.pow(1 - gene, spread + 1);
      return clamp(gene + StrictMath.pow(2 * draw + (1 - 2 * draw) * edge, exponent) - 1);
    }
    double edge = StrictMath.pow(gene, spread + 1);
    return clamp(gene + 1 - StrictMath.pow(2 * (1 - draw) + (2 * draw - 1) * edge, exponent));
  }

  private static double clamp(double gene) {
    return Math.max(0, Math.min(1, gene));
  }
}
