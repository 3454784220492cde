package org.fettle.search.suggest.gp;

import java.util.Arrays;
import org.fettle.search.numeric.CholeskyFactor;

/**
 * A Gaussian process with given hyperparameters that grows by points. Points with an output come
 * first; those behind them are pending: they take uncertainty away and leave the mean as it is.
 *
 * <p>Not safe for several threads.
 */
final class Surrogate {

  /** Of pending points, and of the value at a point of which the noise is none of its business. */
  static final double JITTER = 1e-8;

  private final Hyperparameters hyperparameters;
  private final Distances distances;
  private final CholeskyFactor factor;
  private double mean;
  private double[] weights = {};
  private double[] whitened = {};
  private double[] outputs = {};

  Surrogate(Encoding encoding, Hyperparameters hyperparameters) {
    this.hyperparameters = hyperparameters;
    this.distances = new Distances(encoding, hyperparameters, 64);
    this.factor = CholeskyFactor.empty();
  }

  private Surrogate(Surrogate other) {
    hyperparameters = other.hyperparameters;
    distances = other.distances.copy();
    factor = other.factor.copy();
  }

  /** The same points, without outputs; this one does not change when the copy grows. */
  Surrogate copy() {
    return new Surrogate(this);
  }

  Hyperparameters hyperparameters() {
    return hyperparameters;
  }

  CholeskyFactor factor() {
    return factor;
  }

  int size() {
    return factor.size();
  }

  /** How many points are pending. */
  int pending() {
    return size() - weights.length;
  }

  void add(double[] features) {
    extend(features, hyperparameters.noise());
  }

  void addPending(double[] features) {
    extend(features, JITTER);
  }

  private void extend(double[] features, double noise) {
    int n = size();
    double[] squares = new double[n];
    double[] kernel = new double[n];
    distances.squares(features, n, squares);
    Matern.fill(squares, n, kernel, new double[n]);
    factor.extend(kernel, 1 + noise);
    distances.add(features);
  }

  /** Gives all points so far their outputs. */
  void observe(double[] values) {
    Mean fitted = Mean.subtracted(factor, values);
    mean = fitted.value();
    weights = fitted.weights();
    whitened = fitted.whitened();
    outputs = values.clone();
  }

  /** The expected output at an observed point, free of noise. */
  double smoothed(int i) {
    return outputs[i] - hyperparameters.noise() * weights[i];
  }

  /** The expected outputs at the pending points. */
  double[] pendingMeans() {
    double[] means = new double[pending()];
    for (int p = 0; p < means.length; p++) {
      means[p] = mean;
      for (int i = 0; i < whitened.length; i++) {
        means[p] += factor.at(weights.length + p, i) * whitened[i];
      }
    }
    return means;
  }

  /** The deviation of pending point {@code p} that comes with draw {@code q ≤ p}. */
  double pendingFactor(int p, int q) {
    return factor.at(weights.length + p, weights.length + q);
  }

  /** A place to ask for predictions; one for each thread. */
  Query query() {
    return new Query();
  }

  /** The prediction at one point after the other. */
  final class Query {
    private final int n = size();
    private final double[] squares = new double[n];
    private final double[] kernel = new double[n];
    private final double[] slopes = new double[n];
    private final double[] projected = new double[n];
    private final double[] pull = new double[n];
    private double[] features = {};
    private double expected;
    private double variance;

    void at(double[] point) {
      features = point;
      distances.squares(point, n, squares);
      Matern.fill(squares, n, kernel, slopes);
      expected = mean;
      for (int i = 0; i < weights.length; i++) {
        expected += kernel[i] * weights[i];
      }
      System.arraycopy(kernel, 0, projected, 0, n);
      factor.forward(projected);
      double left = 1 + JITTER;
      for (int i = 0; i < n; i++) {
        left -= projected[i] * projected[i];
      }
      variance = Math.max(left, JITTER);
    }

    double mean() {
      return expected;
    }

    double variance() {
      return variance;
    }

    /** How the mean moves when pending point {@code i} turns out a deviation above its mean. */
    double influence(int i) {
      return projected[weights.length + i];
    }

    /**
     * Adds the gradient of a function of the prediction by the columns of the point.
     *
     * @param byMean its derivative by the mean
     * @param byVariance its derivative by the variance
     * @param byInfluence its derivative by the influence of each pending point; may be empty
     */
    void addGradient(double byMean, double byVariance, double[] byInfluence, double[] gradient) {
      for (int i = 0; i < n; i++) {
        pull[i] = -2 * byVariance * projected[i];
      }
      for (int i = 0; i < byInfluence.length; i++) {
        pull[weights.length + i] += byInfluence[i];
      }
      factor.backward(pull);
      for (int i = 0; i < weights.length; i++) {
        pull[i] += byMean * weights[i];
      }
      for (int i = 0; i < n; i++) {
        pull[i] *= slopes[i];
      }
      distances.addPull(features, pull, gradient);
    }
  }

  @Override
  public String toString() {
    return "Surrogate[" + size() + " points, " + Arrays.toString(hyperparameters.lengthScales());
  }
}
