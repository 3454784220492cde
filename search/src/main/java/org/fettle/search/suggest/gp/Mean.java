package org.fettle.search.suggest.gp;

import java.util.Arrays;
import org.fettle.search.numeric.CholeskyFactor;

/**
 * The constant mean of highest likelihood, 1ᵀK⁻¹y / 1ᵀK⁻¹1, the whitened outputs L⁻¹(y − mean) and
 * the weights K⁻¹(y − mean).
 *
 * <p>Outputs cluster at good values as a search goes on, so that their average says little of what
 * to expect where nothing is known; this mean counts each cluster about once.
 */
@SuppressWarnings("ArrayRecordComponent") // shared inside the package, never changed
record Mean(double value, double[] whitened, double[] weights) {

  static Mean subtracted(CholeskyFactor factor, double[] outputs) {
    double[] ones = new double[factor.size()];
    Arrays.fill(ones, 1);
    factor.forward(ones);
    double[] weights = outputs.clone();
    factor.forward(weights);
    double over = 0;
    double under = 0;
    for (int i = 0; i < ones.length; i++) {
      over += ones[i] * weights[i];
      under += ones[i] * ones[i];
    }
    double mean = over / under;
    for (int i = 0; i < ones.length; i++) {
      weights[i] -= mean * ones[i];
    }
    double[] whitened = weights.clone();
    factor.backward(weights);
    return new Mean(mean, whitened, weights);
  }
}
