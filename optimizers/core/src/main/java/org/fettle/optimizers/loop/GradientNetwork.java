package org.fettle.optimizers.loop;

import java.util.List;
import java.util.SplittableRandom;
import org.fettle.optimizers.training.ParameterBlock;

/**
 * A network that computes gradients and leaves it to {@link GradientLearner} what is done with
 * them. For one thread at a time, and within an epoch for the same.
 */
public interface GradientNetwork extends EngineNetwork {

  /** All parameters, in order and without gaps. */
  List<ParameterBlock> blocks();

  /** Begins an epoch, on the thread that trains it: from here on dropout draws from this. */
  void begin(SplittableRandom random);

  /**
   * Computes the gradient of the mean loss over the batch as far as it comes from some of its rows.
   * It is that with dropout and without penalty.
   *
   * @param result to be filled; for running means what the step takes off
   * @return the summed loss of these rows
   */
  double gradient(Rows rows, float[] result);

  /**
   * Some rows of a batch.
   *
   * @param features row after row; may be written to, and is longer than the rows where it is
   *     reused
   * @param targets one for each row; the like
   * @param count how many rows
   * @param ofBatch how many rows the batch has
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by no one
  record Rows(float[] features, float[] targets, int count, int ofBatch) {}
}
