package org.fettle.search.space;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One of several values without an order. */
public record CategoricalParameter(
    String name, List<Object> choices, Optional<Object> defaultValue, Condition condition)
    implements Parameter {

  public CategoricalParameter {
    requireNonNull(condition, "condition is null");
    choices = Choices.check(name, choices);
    defaultValue = defaultValue.map(Values::canonical);
  }

  public static CategoricalParameter of(String name, Object... choices) {
    return new CategoricalParameter(name, List.of(choices), Optional.empty(), Condition.always());
  }

  /** The same parameter with a default value. */
  public CategoricalParameter withDefault(Object value) {
    CategoricalParameter changed =
        new CategoricalParameter(name, choices, Optional.of(value), condition);
    changed.check(Values.canonical(value));
    return changed;
  }

  @Override
  public CategoricalParameter when(Condition other) {
    return new CategoricalParameter(name, choices, defaultValue, condition.and(other));
  }

  @Override
  public OptionalLong cardinality() {
    return OptionalLong.of(choices.size());
  }

  @Override
  public boolean contains(Object value) {
    return choices.contains(value);
  }

  @Override
  public double toUnit(Object value) {
    check(value);
    return (choices.indexOf(value) + 0.5) / choices.size();
  }

  @Override
  public Object fromUnit(double unit) {
    return choices.get(Choices.index(unit, choices.size()));
  }

  @Override
  public String summary() {
    return "one of " + choices;
  }
}
