package org.fettle.optimizers.java;

import org.fettle.optimizers.network.Layer.Recurrent.Cell;

/**
 * What the units of a reading make of their sums, turn by turn. Everything lies unit by unit, in
 * each the rows of the batch. For one thread.
 */
interface Units {

  static Units of(Cell cell, ReadingBlocks blocks) {
    return switch (cell) {
      case LSTM -> new LongUnits(blocks);
      case GRU -> new GatedUnits(blocks);
      case SIMPLE -> new SimpleUnits(blocks);
    };
  }

  /** How many sums there are, of all units together. */
  int sums();

  /**
   * Lays the parameters out for one product: for each sum its weights of the inputs, its weights of
   * the states and its bias.
   */
  void pack(float[] parameters, float[] matrix);

  /** Takes the gradients of the parameters out of those of that matrix. */
  void unpack(float[] matrix, float[] gradients);

  /** Makes room for turns of so many numbers, a unit's and a row's. */
  void begin(int turns, int numbers);

  /**
   * Computes the states of a turn.
   *
   * @param sums of all turns
   * @param states of the beginning, which are zero, and of all turns; those of rows that have no
   *     step at this turn must become zero
   */
  void forward(int turn, There there, float[] sums, float[] states);

  /**
   * Replaces the sums of a turn by their gradients.
   *
   * @param gradients of the turn's states, zero where a row has no step; becomes what of it goes to
   *     the states before by another way than the sums
   */
  void backward(int turn, There there, float[] sums, float[] states, float[] gradients);
}
