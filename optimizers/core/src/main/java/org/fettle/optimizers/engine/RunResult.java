package org.fettle.optimizers.engine;

import static java.util.Objects.requireNonNull;

/** How a run ended. */
public sealed interface RunResult {

  /** The epoch after which, or within which, the run ended, counted from 1. */
  int epoch();

  /** All epochs were trained. The caller closes the model. */
  record Trained(int epoch, TrainedModel model) implements RunResult {
    public Trained {
      requireNonNull(model, "model is null");
    }
  }

  /** The loss or a parameter was not a finite number, so that going on had no point. */
  record Diverged(int epoch, String reason) implements RunResult {
    public Diverged {
      requireNonNull(reason, "reason is null");
    }
  }

  /** The listener ended the run. */
  record Stopped(int epoch) implements RunResult {}
}
