package org.fettle.optimizers.loop;

import java.util.List;
import java.util.Optional;

/**
 * Trains several runs as one network, an epoch of all of them at a time. What becomes of a run does
 * not depend on the others but for rounding. For one thread.
 */
public interface FusedLearner extends AutoCloseable {

  /** One for each run, in order. */
  List<? extends Trainee> trainees();

  /**
   * Does what {@link Learner#epoch} says, for every run that goes on.
   *
   * @param epochs one for each run; empty for one that has ended, now and ever after
   * @return the summed loss of each run; that of one that has ended means nothing
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  double[] epoch(List<Optional<Epoch>> epochs);

  /** Frees all but the networks; closing again does nothing. */
  @Override
  void close();

  /** Trains one run. */
  static FusedLearner alone(Learner learner) {
    return new LearnerAlone(learner);
  }
}
