package org.fettle.search.study;

/** Where a trial stands. The names are written to files: add, never rename. */
public enum TrialState {
  RUNNING,
  COMPLETED,
  PRUNED,
  FAILED,
  INFEASIBLE
}
