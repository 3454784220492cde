package org.fettle.search.analysis;

import java.util.List;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;

/** A part of a study's completed trials that is small enough to grow a forest in a second. */
public final class Subset {

  /** More trials change little of what a forest says on average. */
  public static final int MOST = 1_500;

  private Subset() {}

  /** The history itself, or one of {@value #MOST} of its completed trials, evenly over it. */
  public static History of(History history) {
    List<Trial> completed = history.completed();
    if (completed.size() <= MOST) {
      return history;
    }
    History subset = History.empty(history.spec());
    for (int i = 0; i < MOST; i++) {
      Trial trial = completed.get((int) ((long) i * completed.size() / MOST));
      subset =
          subset
              .started(trial.assignment(), trial.origin())
              .ended(i, trial.outcome().orElseThrow());
    }
    return subset;
  }
}
