package org.fettle.search.suggest.grid;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.Forbidden;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggestion;

/**
 * Grid search: all combinations of the parameters' grid values, each once. The last parameter
 * varies fastest.
 *
 * <p>A parameter's grid values are all of its values, or {@code points} of them, evenly spaced on
 * its scale from the lowest to the highest, where it is continuous or has more and no step.
 *
 * <p>The grid is a mixed-radix counter over the active parameters that counts on from the last
 * assignment it proposed: a step costs the number of parameters, and neither the product nor the
 * combinations of inactive parameters are ever written out. Forbidden combinations and what others
 * have tried, such as start points, are passed over.
 */
public final class GridSuggester implements Suggester {

  static final String NAME = "grid";

  private final int points;

  /**
   * A grid search.
   *
   * @param points how many values a parameter without steps contributes, at least 1
   */
  public GridSuggester(int points) {
    if (points < 1) {
      throw new IllegalArgumentException("Points must be positive, but was " + points);
    }
    this.points = points;
  }

  @Override
  public boolean learns() {
    return false;
  }

  @Override
  public List<Suggestion> suggest(History history, int count) {
    Counter counter = new Counter(history, points);
    List<Suggestion> suggestions = new ArrayList<>(count);
    Optional<Assignment> next = counter.next(last(history));
    while (next.isPresent() && suggestions.size() < count) {
      suggestions.add(new Suggestion(next.get(), NAME));
      next = counter.next(next);
    }
    return suggestions;
  }

  private static Optional<Assignment> last(History history) {
    for (int i = history.size() - 1; i >= 0; i--) {
      if (history.trial(i).origin().equals(NAME)) {
        return Optional.of(history.trial(i).assignment());
      }
    }
    return Optional.empty();
  }

  private static final class Counter {
    private final History history;
    private final SearchSpace space;
    private final Map<String, Axis> axes = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();

    Counter(History history, int points) {
      this.history = history;
      space = history.spec().space();
      for (Parameter parameter : space.parameters()) {
        places.put(parameter.name(), places.size());
        axes.put(parameter.name(), Axis.of(parameter, points));
      }
    }

    /** The assignment after the last one, or the first, that is neither forbidden nor tried. */
    Optional<Assignment> next(Optional<Assignment> last) {
      int end = space.parameters().size() - 1;
      Optional<Assignment> next =
          last.isPresent()
              ? successor(last.get(), end)
              : Optional.of(space.assign(parameter -> axis(parameter).value(0)));
      while (next.isPresent()) {
        Map<String, Object> values = next.get().values();
        Optional<Forbidden> clause =
            space.forbidden().stream().filter(each -> each.matches(values)).findFirst();
        if (clause.isPresent()) {
          // All that differ only behind the combination have it too.
          next = successor(next.get(), lastPlace(clause.get()));
        } else if (triedByOthers(next.get())) {
          next = successor(next.get(), end);
        } else {
          return next;
        }
      }
      return Optional.empty();
    }

    /** Whether it was a start point, say; the counter has passed its own trials. */
    private boolean triedByOthers(Assignment assignment) {
      for (Trial trial : history.trials()) {
        if (!trial.origin().equals(NAME) && trial.assignment().equals(assignment)) {
          return true;
        }
      }
      return false;
    }

    private int lastPlace(Forbidden clause) {
      return clause.values().keySet().stream()
          .mapToInt(name -> requireNonNull(places.get(name)))
          .max()
          .orElseThrow();
    }

    /** Raises the last parameter up to a place that can be raised; those behind start again. */
    private Optional<Assignment> successor(Assignment assignment, int from) {
      for (int place = from; place >= 0; place--) {
        Parameter parameter = space.parameters().get(place);
        Optional<Object> value = assignment.value(parameter.name());
        if (value.isPresent()) {
          long raised = axis(parameter).index(value.get()) + 1;
          if (raised < axis(parameter).size()) {
            return Optional.of(raise(assignment, place, raised));
          }
        }
      }
      return Optional.empty();
    }

    private Assignment raise(Assignment assignment, int place, long raised) {
      Map<String, Object> head = new HashMap<>();
      for (int i = 0; i < place; i++) {
        String name = space.parameters().get(i).name();
        assignment.value(name).ifPresent(value -> head.put(name, value));
      }
      Parameter raisedParameter = space.parameters().get(place);
      head.put(raisedParameter.name(), axis(raisedParameter).value(raised));
      return space.assign(
          parameter -> {
            Object kept = head.get(parameter.name());
            return kept == null ? axis(parameter).value(0) : kept;
          });
    }

    private Axis axis(Parameter parameter) {
      return requireNonNull(axes.get(parameter.name()));
    }
  }
}
