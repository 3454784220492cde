package org.fettle.search.suggest;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.History;

/**
 * Proposes the study's start points in their order, then leaves the word to another suggester. How
 * many are done is read off the history, by their origin, so that a resumed study goes on where it
 * was.
 */
public final class StartPoints implements Suggester {

  static final String NAME = "start";

  private final Suggester next;

  /** A suggester in front of another. */
  public StartPoints(Suggester next) {
    this.next = requireNonNull(next, "next is null");
  }

  @Override
  public List<Suggestion> suggest(History history, int count) {
    List<Assignment> points = history.spec().startPoints();
    if (points.isEmpty()) {
      return next.suggest(history, count);
    }
    List<Suggestion> suggestions = new ArrayList<>(count);
    // The other suggester has to know the start points of the same batch and their numbers.
    History extended = history;
    for (int i = done(history, points.size());
        i < points.size() && suggestions.size() < count;
        i++) {
      suggestions.add(new Suggestion(points.get(i), NAME));
      extended = extended.started(points.get(i), NAME);
    }
    if (suggestions.size() < count) {
      suggestions.addAll(next.suggest(extended, count - suggestions.size()));
    }
    return suggestions;
  }

  @Override
  public boolean learns() {
    return next.learns();
  }

  private static int done(History history, int most) {
    int done = 0;
    for (int number = 0; number < history.size() && done < most; number++) {
      if (history.trial(number).origin().equals(NAME)) {
        done++;
      }
    }
    return done;
  }
}
