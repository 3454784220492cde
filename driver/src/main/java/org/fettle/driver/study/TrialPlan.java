package org.fettle.driver.study;

import java.util.List;
import org.fettle.executor.task.TrialTask;
import org.fettle.search.space.Assignment;

/** Turns an assignment into the runs that evaluate it. */
public interface TrialPlan {

  /** How many runs each trial has. */
  int runsPerTrial();

  /** The runs of a trial, one for each fold, in the folds' order. */
  List<TrialTask> runs(int trial, Assignment assignment);
}
