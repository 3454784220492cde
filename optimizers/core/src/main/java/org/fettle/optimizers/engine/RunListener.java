package org.fettle.optimizers.engine;

/** Hears of each epoch, and may end a run. */
@FunctionalInterface
public interface RunListener {

  /** Lets every run train to its end. */
  RunListener NONE = (run, report) -> Continuation.GO_ON;

  /**
   * Called on the training thread after each epoch, the last included; an exception ends the job.
   * {@link Continuation#STOP} ends the run as {@link RunResult.Stopped}, even after its last epoch;
   * {@link Continuation#FINISH} as {@link RunResult.Trained}.
   *
   * @param run index of the run in its job
   */
  Continuation epochEnded(int run, EpochReport report);
}
