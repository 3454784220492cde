package org.fettle.search.prune;

import org.fettle.search.study.History;
import org.fettle.search.study.Trial;

/**
 * Says whether a running trial is worth going on with. Implementations are immutable and safe for
 * several threads: they hold settings only, and equal arguments give equal verdicts.
 *
 * <p>Reports are compared at equal steps of equal folds, and final values at equal folds. Failed
 * and infeasible trials are never compared with. A trial is judged by the first goal; with several
 * goals, and where a report lacks the goal's metric, every pruner keeps it.
 */
public interface Pruner {

  /**
   * Judges a running trial; to be asked after each report and each end of a fold.
   *
   * @param running the newest snapshot of the trial, whether the history has it already or not
   */
  Verdict decide(History history, Trial running);
}
