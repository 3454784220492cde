package org.fettle.optimizers.network;

import static java.util.Objects.requireNonNull;

/** One layer between the inputs and the output layer. */
public sealed interface Layer {

  /** Every unit sees every output of the layer below: activation(W·x + b). */
  record Dense(int units, Activation activation) implements Layer {
    public Dense {
      requireNonNull(activation, "activation is null");
      if (units < 1) {
        throw new IllegalArgumentException("Units must be at least 1, but were " + units);
      }
    }
  }

  /**
   * While training, sets each output of the layer below to zero with probability {@code rate} and
   * multiplies the others by 1 / (1 − rate); does nothing when predicting.
   */
  record Dropout(double rate) implements Layer {
    public Dropout {
      if (!(rate >= 0 && rate < 1)) {
        throw new IllegalArgumentException(
            "Dropout rate must be at least 0 and less than 1, but was " + rate);
      }
    }
  }
}
