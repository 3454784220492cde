package org.fettle.search.suggest;

import java.util.List;
import org.fettle.search.study.History;

/**
 * Proposes the assignments of the next trials. Implementations are immutable and safe for several
 * threads: they hold settings only, and all they know of the study is the history, with its running
 * trials. Equal histories give equal suggestions, in any JVM.
 */
public interface Suggester {

  /**
   * Returns up to {@code count} assignments for the trials numbered from {@code history.size()}.
   * Fewer means that there is no more before a running trial ends, as where the space is exhausted;
   * none while nothing runs ends the study.
   *
   * <p>Running trials are in the history so that a model can reckon with them. Failed trials are
   * points that have been seen, never values.
   */
  List<Suggestion> suggest(History history, int count);

  /** Whether it learns from results: if not, nothing is lost where they come late. */
  default boolean learns() {
    return true;
  }
}
