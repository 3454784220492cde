package org.fettle.executor.run;

import org.fettle.executor.data.RowSet;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingState;

/**
 * A network in training whose rows lie on many machines, as {@code org.fettle.optimizers.loop}'s
 * learner is one on a single machine. For one thread, which may be interrupted.
 */
public interface SpreadLearner extends AutoCloseable {

  /**
   * Trains on all rows once.
   *
   * @param number of the epoch, from 1; the order of rows follows from it
   * @param factor by which a plateau multiplies the learning rate
   * @return the mean over all rows of the loss that each had in its own step, without penalty
   */
  double epoch(int number, double factor);

  /** How many steps of the schedule an epoch has: those of one worker. */
  long stepsPerEpoch();

  /** A copy of all parameters. */
  float[] parameters();

  /** What the next epoch needs besides the parameters. */
  TrainingState.Memory memory();

  /** Goes on from there. */
  void restore(float[] parameters, TrainingState.Memory memory);

  /** Predictions of rows, in their order, by these parameters; made where the rows are. */
  FloatMatrix predictions(RowSet rows, float[] parameters);

  /** The model with these parameters. The caller closes it. */
  TrainedModel model(float[] parameters);

  /** Frees what it holds here and elsewhere. */
  @Override
  void close();
}
