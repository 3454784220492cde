package org.fettle.search.suggest.grid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.History;
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
 * combinations of inactive parameters are ever written out. Forbidden combinations are passed over.
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
  public List<Suggestion> suggest(History history, int count) {
    Counter counter = new Counter(history.spec().space(), points);
    List<Suggestion> suggestions = new ArrayList<>(count);
    Optional<Assignment> last = last(history);
    Optional<Assignment> next = last.isEmpty() ? counter.first() : counter.after(last.get());
    while (next.isPresent() && suggestions.size() < count) {
      suggestions.add(new Suggestion(next.get(), NAME));
      next = counter.after(next.get());
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
    private final SearchSpace space;
    private final Map<String, Axis> axes = new HashMap<>();

    Counter(SearchSpace space, int points) {
      this.space = space;
      space.parameters().forEach(each -> axes.put(each.name(), Axis.of(each, points)));
    }

    Optional<Assignment> first() {
      return allowed(Optional.of(space.assign(parameter -> axis(parameter).value(0))));
    }

    Optional<Assignment> after(Assignment assignment) {
      return allowed(successor(assignment));
    }

    private Optional<Assignment> allowed(Optional<Assignment> candidate) {
      Optional<Assignment> allowed = candidate;
      while (allowed.isPresent() && !space.contains(allowed.get())) {
        allowed = successor(allowed.get());
      }
      return allowed;
    }

    /** Raises the last parameter that can be raised; those behind it start again. */
    private Optional<Assignment> successor(Assignment assignment) {
      for (int place = space.parameters().size() - 1; place >= 0; place--) {
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
      return java.util.Objects.requireNonNull(axes.get(parameter.name()));
    }
  }
}
