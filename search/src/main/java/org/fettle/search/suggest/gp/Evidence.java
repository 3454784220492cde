package org.fettle.search.suggest.gp;

import java.util.Arrays;
import java.util.List;
import org.fettle.search.numeric.BoundedMinimizer;
import org.fettle.search.numeric.CholeskyFactor;

/**
 * Minus the log posterior density of hyperparameters, given points and outputs, with its gradient.
 * The variables are the logarithms of the varying parameters' length scales and of the noise. The
 * constant mean is the one of highest likelihood.
 */
final class Evidence implements BoundedMinimizer.Function {

  private final Encoding encoding;
  private final double[][] features;
  private final double[] outputs;
  private final Prior prior;

  Evidence(Encoding encoding, double[][] features, double[] outputs, Prior prior) {
    this.encoding = encoding;
    this.features = features;
    this.outputs = outputs;
    this.prior = prior;
  }

  int variables() {
    return encoding.varying().size() + 1;
  }

  Hyperparameters hyperparameters(double[] variables) {
    double[] scales = new double[encoding.dimensions()];
    Arrays.fill(scales, 1);
    for (int v = 0; v < encoding.varying().size(); v++) {
      scales[encoding.varying().get(v)] = StrictMath.exp(variables[v]);
    }
    return new Hyperparameters(scales, StrictMath.exp(variables[variables.length - 1]));
  }

  @Override
  public double at(double[] variables, double[] gradient) {
    int n = features.length;
    Hyperparameters hyperparameters = hyperparameters(variables);
    Distances distances = new Distances(encoding, hyperparameters, n);
    CholeskyFactor factor = CholeskyFactor.empty();
    double[][] slopes = new double[n][];
    double[] squares = new double[n];
    double[] kernel = new double[n];
    for (int i = 0; i < n; i++) {
      slopes[i] = new double[i];
      distances.squares(features[i], i, squares);
      Matern.fill(squares, i, kernel, slopes[i]);
      factor.extend(kernel, 1 + hyperparameters.noise());
      distances.add(features[i]);
    }
    double[] weights = Mean.subtracted(factor, outputs).weights();
    double fit = 0;
    for (int i = 0; i < n; i++) {
      fit += outputs[i] * weights[i];
    }
    double[][] inverse = factor.inverse();
    double trace = 0;
    double[][] sums = new double[encoding.columns().size()][n];
    double[] row = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        row[j] = (inverse[i][j] - weights[i] * weights[j]) * slopes[i][j];
      }
      for (int c = 0; c < sums.length; c++) {
        distances.addShare(c, i, row, sums[c]);
      }
      trace += inverse[i][i] - weights[i] * weights[i];
    }
    double[] shares = shares(sums);
    int last = variables.length - 1;
    double penalty = prior.noisePenalty(variables[last]);
    gradient[last] = 0.5 * trace * hyperparameters.noise() + prior.noiseSlope(variables[last]);
    for (int v = 0; v < last; v++) {
      penalty += prior.scalePenalty(variables[v]);
      gradient[v] = shares[encoding.varying().get(v)] + prior.scaleSlope(variables[v]);
    }
    return 0.5 * fit + 0.5 * factor.logDeterminant() + penalty;
  }

  private double[] shares(double[][] sums) {
    double[] shares = new double[encoding.dimensions()];
    List<Encoding.Column> columns = encoding.columns();
    for (int c = 0; c < sums.length; c++) {
      double sum = 0;
      for (double each : sums[c]) {
        sum += each;
      }
      shares[columns.get(c).dimension()] += sum;
    }
    return shares;
  }
}
