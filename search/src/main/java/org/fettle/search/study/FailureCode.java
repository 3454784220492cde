package org.fettle.search.study;

/** Why a trial failed. The names are written to files: add, never rename. */
public enum FailureCode {
  /** The user's objective threw an exception. */
  USER_ERROR(false),
  /** The engine refused or broke on the assignment. */
  ENGINE_ERROR(false),
  /** The loss became NaN or infinite. */
  DIVERGED(true),
  /** Heap, off-heap or device memory ran out. */
  OUT_OF_MEMORY(true),
  /** The trial passed its time limit. */
  TIMED_OUT(true),
  /** The executor died under the trial. */
  EXECUTOR_LOST(false),
  /** The cluster took the executor away: preempted, decommissioned or not needed any more. */
  PREEMPTED(false),
  /** The study ended before the trial did. */
  CANCELLED(false),
  /** Something broke on the driver. */
  DRIVER_ERROR(false);

  private final boolean infeasible;

  FailureCode(boolean infeasible) {
    this.infeasible = infeasible;
  }

  /** Whether the failure is a property of the assignment, for a model to learn from. */
  public boolean infeasible() {
    return infeasible;
  }
}
