package org.fettle.search.space;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When a parameter is active, by the values of other parameters. A condition on a parameter that is
 * itself inactive does not hold.
 */
public sealed interface Condition {

  /** The condition of a parameter that is always active. */
  static Condition always() {
    return new AllOf(List.of());
  }

  /** Whether the condition holds for the values chosen so far; absent means inactive. */
  boolean holds(Map<String, Object> values);

  /** The parameters that the condition looks at. */
  Set<String> parents();

  /** Holds when the parent has one of the given values. */
  static Condition oneOf(String parent, Object... values) {
    return new OneOf(parent, List.of(values));
  }

  /** Holds when a numeric parent is at least {@code bound}. */
  static Condition atLeast(String parent, double bound) {
    return new AtLeast(parent, bound);
  }

  /** Holds when this and the other condition hold. */
  default Condition and(Condition other) {
    if (equals(always())) {
      return other;
    }
    return other.equals(always()) ? this : new AllOf(List.of(this, other));
  }

  /**
   * Holds when the parent has one of the given values.
   *
   * @param values in the parent's own type, for example {@code "adam"} or {@code 3L}
   */
  record OneOf(String parent, List<Object> values) implements Condition {
    public OneOf {
      requireNonNull(parent, "parent is null");
      values = values.stream().map(Values::canonical).toList();
      if (values.isEmpty()) {
        throw new IllegalArgumentException("Condition on " + parent + " must list a value");
      }
    }

    @Override
    public boolean holds(Map<String, Object> chosen) {
      Object value = chosen.get(parent);
      for (Object each : values) {
        if (Values.same(each, value)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public Set<String> parents() {
      return Set.of(parent);
    }

    @Override
    public String toString() {
      return parent + " in " + values;
    }
  }

  /** Holds when a numeric parent is at least {@code bound}. */
  record AtLeast(String parent, double bound) implements Condition {
    public AtLeast {
      requireNonNull(parent, "parent is null");
      if (!Double.isFinite(bound)) {
        throw new IllegalArgumentException(
            "Bound on " + parent + " must be finite, but was " + bound);
      }
    }

    @Override
    public boolean holds(Map<String, Object> chosen) {
      return chosen.get(parent) instanceof Number number && number.doubleValue() >= bound;
    }

    @Override
    public Set<String> parents() {
      return Set.of(parent);
    }

    @Override
    public String toString() {
      return parent + " ≥ " + bound;
    }
  }

  /** Holds when all of the conditions hold; with none, always. */
  record AllOf(List<Condition> conditions) implements Condition {
    public AllOf {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean holds(Map<String, Object> chosen) {
      for (Condition condition : conditions) {
        if (!condition.holds(chosen)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public Set<String> parents() {
      Set<String> parents = new LinkedHashSet<>();
      conditions.forEach(condition -> parents.addAll(condition.parents()));
      return parents;
    }

    @Override
    public String toString() {
      return conditions.isEmpty() ? "always" : conditions.toString();
    }
  }
}
