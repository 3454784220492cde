package org.fettle.driver.study;

import java.util.List;
import java.util.Optional;
import org.fettle.executor.task.TrialTask;
import org.fettle.search.study.Trial;

/** Turns a trial into the runs that evaluate its assignment. */
public interface TrialPlan {

  /** How many runs each trial has. */
  int runsPerTrial();

  /** The runs of a trial, one for each fold, in the folds' order. */
  List<TrialTask> runs(Trial trial);

  /**
   * What the runs of a trial have in common with those that may be trained with them as one
   * network; empty where each is trained by itself.
   */
  default Optional<String> fusion(Trial trial) {
    return Optional.empty();
  }

  /** How many runs, of one trial or of several, may be trained as one network. */
  default int mostTogether() {
    return 1;
  }

  /** The same of one trial's runs and others', where most trials find others of their kind. */
  default int mostOfSeveralTrials() {
    return 1;
  }
}
