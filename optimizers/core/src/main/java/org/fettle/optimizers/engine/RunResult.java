package org.fettle.optimizers.engine;

import static java.util.Objects.requireNonNull;

/** How a run ended. */
public sealed interface RunResult {

  /** The epoch after which, or within which, the run ended, counted from 1. */
  int epoch();

  /**
   * The run was trained to its end. The caller closes the model.
   *
   * @param best the epoch whose weights the model has: the last, but for early stopping
   */
  record Trained(int epoch, int best, TrainedModel model) implements RunResult {
    public Trained {
      requireNonNull(model, "model is null");
    }
  }

  /**
   * The loss or a parameter was not a finite number, or the loss exploded ({@link Divergence}), so
   * that going on had no point.
   */
  record Diverged(int epoch, String reason) implements RunResult {
    public Diverged {
      requireNonNull(reason, "reason is null");
    }
  }

  /** The listener ended the run. */
  record Stopped(int epoch) implements RunResult {}
}
