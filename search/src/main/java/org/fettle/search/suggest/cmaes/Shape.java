package org.fettle.search.suggest.cmaes;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.fettle.search.numeric.NormalDistribution;
import org.fettle.search.numeric.SymmetricEigen;

/**
 * A normal distribution over the unit cube, and its adaptation. Mutable; lives for one replay.
 *
 * <p>A step of the distribution is {@code sigma · scale ∘ y} with y from N(0, C); the scale is the
 * margin's, 1 in a continuous dimension.
 */
final class Shape {

  private final Strategy strategy;
  final double[] mean;
  final double[] scale;
  double sigma;
  private final double[][] covariance;
  private final double[] covariancePath;
  private final double[] stepPath;
  private double[][] axes;
  private double[] lengths;
  private int generation;

  Shape(Strategy strategy, double[] mean, double sigma, double[][] covariance) {
    this.strategy = strategy;
    this.mean = mean;
    this.sigma = sigma;
    this.covariance = covariance;
    this.scale = new double[mean.length];
    Arrays.fill(scale, 1);
    this.covariancePath = new double[mean.length];
    this.stepPath = new double[mean.length];
    decompose();
  }

  /** A round distribution. */
  static Shape round(Strategy strategy, double[] mean, double sigma) {
    double[][] identity = new double[mean.length][mean.length];
    for (int i = 0; i < mean.length; i++) {
      identity[i][i] = 1;
    }
    return new Shape(strategy, mean, sigma, identity);
  }

  private void decompose() {
    SymmetricEigen eigen = SymmetricEigen.of(covariance);
    axes = eigen.vectors();
    lengths = Arrays.stream(eigen.values()).map(v -> Math.sqrt(Math.max(v, 1e-300))).toArray();
  }

  double deviation(int dimension) {
    return sigma * scale[dimension] * Math.sqrt(covariance[dimension][dimension]);
  }

  /** How much longer the longest axis is than the shortest. */
  double elongation() {
    return Arrays.stream(lengths).max().orElse(1) / Arrays.stream(lengths).min().orElse(1);
  }

  double[] draw(RandomGenerator random) {
    double[] standard = new double[mean.length];
    for (int i = 0; i < standard.length; i++) {
      standard[i] = lengths[i] * NormalDistribution.draw(random);
    }
    double[] point = multiply(axes, standard);
    for (int i = 0; i < point.length; i++) {
      point[i] = mean[i] + sigma * scale[i] * point[i];
    }
    return point;
  }

  /** One generation: points in the unit cube, best first. */
  void adapt(double[][] points) {
    double[][] steps = new double[points.length][];
    Arrays.setAll(steps, i -> step(points[i]));
    double[] weights = strategy.weights();
    double[] move = new double[mean.length];
    for (int i = 0; i < steps.length; i++) {
      addTo(move, steps[i], Math.max(0, weights[i]));
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] = Math.max(0, Math.min(1, mean[i] + sigma * scale[i] * move[i]));
    }
    generation++;
    double rate = strategy.stepRate();
    double[] white = whiten(move);
    scaleBy(stepPath, 1 - rate);
    addTo(stepPath, white, Math.sqrt(rate * (2 - rate) * strategy.effective()));
    double length = norm(stepPath) / strategy.length();
    double settled = Math.sqrt(1 - StrictMath.pow(1 - rate, 2.0 * generation));
    boolean steady = length / settled < 1.4 + 2.0 / (mean.length + 1);
    double slow = strategy.pathRate();
    scaleBy(covariancePath, 1 - slow);
    if (steady) {
      addTo(covariancePath, move, Math.sqrt(slow * (2 - slow) * strategy.effective()));
    }
    double lost = steady ? 0 : slow * (2 - slow);
    adaptCovariance(steps, lost);
    // More than a factor of e in one generation comes from stale or clipped points alone.
    sigma *= StrictMath.exp(Math.min(1, rate / strategy.stepDamping() * (length - 1)));
    decompose();
  }

  private void adaptCovariance(double[][] steps, double lost) {
    double one = strategy.rankOneRate();
    double mu = strategy.rankMuRate();
    double[] weights = new double[steps.length];
    double sum = 0;
    for (int i = 0; i < steps.length; i++) {
      weights[i] = strategy.weights()[i];
      sum += weights[i];
      if (weights[i] < 0) {
        double length = norm(whiten(steps[i]));
        weights[i] *= mean.length / Math.max(1e-12, length * length);
      }
    }
    double keep = 1 + one * lost - one - mu * sum;
    for (int i = 0; i < mean.length; i++) {
      for (int j = i; j < mean.length; j++) {
        double change = one * covariancePath[i] * covariancePath[j];
        for (int k = 0; k < steps.length; k++) {
          change += mu * weights[k] * steps[k][i] * steps[k][j];
        }
        covariance[i][j] = keep * covariance[i][j] + change;
        covariance[j][i] = covariance[i][j];
      }
    }
  }

  /** The step to a point, cut where the distribution would hardly make it. */
  private double[] step(double[] point) {
    double[] step = new double[point.length];
    for (int i = 0; i < step.length; i++) {
      step[i] = (point[i] - mean[i]) / (sigma * scale[i]);
    }
    double length = norm(whiten(step));
    if (length > strategy.longest()) {
      scaleBy(step, strategy.longest() / length);
    }
    return step;
  }

  private double[] whiten(double[] step) {
    double[] turned = new double[step.length];
    for (int i = 0; i < step.length; i++) {
      for (int j = 0; j < step.length; j++) {
        turned[i] += axes[j][i] * step[j] / lengths[i];
      }
    }
    return multiply(axes, turned);
  }

  private static double[] multiply(double[][] matrix, double[] vector) {
    double[] product = new double[vector.length];
    for (int i = 0; i < product.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        product[i] += matrix[i][j] * vector[j];
      }
    }
    return product;
  }

  private static void addTo(double[] sum, double[] vector, double weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * vector[i];
    }
  }

  private static void scaleBy(double[] vector, double factor) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= factor;
    }
  }

  private static double norm(double[] vector) {
    return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
  }
}
