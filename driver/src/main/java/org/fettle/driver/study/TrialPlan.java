package org.fettle.driver.study;

import java.util.List;
import org.fettle.executor.task.TrialTask;
import org.fettle.search.study.Trial;

/** Turns a trial into the runs that evaluate its assignment. */
public interface TrialPlan {

  /** How many runs each trial has. */
  int runsPerTrial();

  /** The runs of a trial, one for each fold, in the folds' order. */
  List<TrialTask> runs(Trial trial);
}
