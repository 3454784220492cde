package org.fettle.optimizers.data;

/** What is to be learnt: a target is the index of a class, or a value. */
public sealed interface Task {

  /** How many numbers a network gives per row: a probability per class, or one value. */
  int outputs();

  /** Telling classes apart, numbered from 0. */
  record Classification(int classes) implements Task {
    public Classification {
      if (classes < 2) {
        throw new IllegalArgumentException("Classes must be at least 2, but were " + classes);
      }
    }

    @Override
    public int outputs() {
      return classes;
    }
  }

  /** Predicting a number. */
  record Regression() implements Task {
    @Override
    public int outputs() {
      return 1;
    }
  }
}
