package org.fettle.optimizers.engine;

/** Whether a run goes on after an epoch. */
public enum Continuation {
  GO_ON,
  STOP
}
