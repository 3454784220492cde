package org.fettle.optimizers.network;

/** What becomes of several numbers. Names reach files: add, never rename. */
public enum Pooling {
  MAX,
  AVERAGE
}
