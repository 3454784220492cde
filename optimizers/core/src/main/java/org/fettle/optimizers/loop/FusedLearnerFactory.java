package org.fettle.optimizers.loop;

import java.util.List;

/** Makes what an engine trains runs with that it can train as one network. */
@FunctionalInterface
public interface FusedLearnerFactory {

  /** Returns a learner before its first step; leaves no memory behind where it throws. */
  FusedLearner begin(List<LearnerFactory.Beginning> beginnings);
}
