package org.fettle.optimizers.loop;

import java.util.List;
import java.util.Optional;

/** A run that is fused with none. */
record LearnerAlone(Learner learner) implements FusedLearner {

  @Override
  public List<Trainee> trainees() {
    return List.of(learner);
  }

  @Override
  public double[] epoch(List<Optional<Epoch>> epochs) {
    return new double[] {learner.epoch(epochs.get(0).orElseThrow())};
  }

  @Override
  public void close() {
    learner.close();
  }
}
