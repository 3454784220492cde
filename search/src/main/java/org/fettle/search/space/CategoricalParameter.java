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
    if (defaultValue.isPresent()) {
      new CategoricalParameter(name, choices, Optional.empty(), condition)
          .check(defaultValue.get());
    }
  }

  public static CategoricalParameter of(String name, Object... choices) {
    return new CategoricalParameter(name, List.of(choices), Optional.empty(), Condition.always());
  }

  /** The same parameter with a default value. */
  public CategoricalParameter withDefault(Object value) {
    return new CategoricalParameter(name, choices, Optional.of(value), condition);
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
    return Units.middle(choices.indexOf(value), choices.size());
  }

  @Override
  public Object fromUnit(double unit) {
    return value(Units.cell(name, unit, choices.size()));
  }

  @Override
  public Object value(long index) {
    return choices.get(Math.toIntExact(index));
  }

  @Override
  public long index(Object value) {
    check(value);
    return choices.indexOf(value);
  }

  @Override
  public String summary() {
    return "one of " + choices;
  }
}
