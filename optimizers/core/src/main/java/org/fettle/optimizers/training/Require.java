package org.fettle.optimizers.training;

/** The ranges of numbers that training is told. */
final class Require {

  private Require() {}

  static void positive(String what, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(what + " must be positive, but was " + value);
    }
  }

  static void notNegative(String what, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(what + " must be at least 0, but was " + value);
    }
  }

  static void atLeastOne(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, but was " + value);
    }
  }

  /** From 0, and less than 1. */
  static void fraction(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          what + " must be at least 0 and less than 1, but was " + value);
    }
  }

  /** From 0 to 1. */
  static void part(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " must be from 0 to 1, but was " + value);
    }
  }
}
