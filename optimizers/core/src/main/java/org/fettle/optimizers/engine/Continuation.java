package org.fettle.optimizers.engine;

/** Whether a run goes on after an epoch. */
public enum Continuation {
  GO_ON,
  /** The run ends without a model. */
  STOP,
  /** The run ends as if this epoch had been its last. */
  FINISH
}
