package org.fettle.executor.run;

import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.data.RowSet;
import org.fettle.executor.task.Work;

/** The rows of a study that lie on many machines. Calls wait for these, and may be interrupted. */
public interface SpreadRows {

  /** Fits a preprocessing on these rows and no others. */
  Preprocessing fit(RowSet training);

  /** Begins to train a network. */
  SpreadLearner begin(Beginning beginning);

  /**
   * What a learner begins with.
   *
   * @param network as the task names it
   * @param plan the same, looked up
   * @param targets of the training rows, as the loss takes them
   * @param seed of the first weights, the order of rows and dropout
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by no one
  record Beginning(
      Work.Network network,
      TrainingPlan plan,
      Preprocessing preprocessing,
      RowSet training,
      float[] targets,
      long seed) {}
}
