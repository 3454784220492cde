package org.fettle.optimizers.training;

import java.util.Arrays;
import java.util.List;

/** What an updater keeps of the steps so far. For one thread. */
public final class UpdaterState {

  static final int NUMBERS = 2;

  private final float[][] slots;
  private int step;

  /** Of the momenta of the steps so far, for {@link Updater.Nadam}. */
  private double product = 1;

  /** Before the first step of so many parameters. */
  public UpdaterState(Updater updater, int parameters) {
    slots = new float[updater.slots()][parameters];
  }

  /** Copies of what is kept for each parameter. */
  public List<float[]> arrays() {
    return Arrays.stream(slots).map(float[]::clone).toList();
  }

  /** What is kept besides: the number of steps, and the product of momenta. */
  public double[] numbers() {
    return new double[] {step, product};
  }

  /** Goes on from there. */
  public void restore(List<float[]> arrays, double[] numbers) {
    if (arrays.size() != slots.length || numbers.length != NUMBERS) {
      throw new IllegalArgumentException(
          "Updater's state must be %d arrays and %d numbers, but was %d and %d"
              .formatted(slots.length, NUMBERS, arrays.size(), numbers.length));
    }
    for (int i = 0; i < slots.length; i++) {
      System.arraycopy(arrays.get(i), 0, slots[i], 0, slots[i].length);
    }
    step = (int) numbers[0];
    product = numbers[1];
  }

  /** Counts a step. */
  public void advance() {
    step++;
  }

  /** The number of the step, from 1. */
  int step() {
    return step;
  }

  float[] slot(int index) {
    return slots[index];
  }

  /** Multiplies the product by a step's momentum, and returns it. */
  double product(double momentum) {
    product *= momentum;
    return product;
  }

  /** Gives all of several states their mean, as replicas have it that average their parameters. */
  static void average(List<UpdaterState> states) {
    for (int slot = 0; slot < states.get(0).slots.length; slot++) {
      int each = slot;
      Averages.average(states.stream().map(state -> state.slots[each]).toList());
    }
  }
}
