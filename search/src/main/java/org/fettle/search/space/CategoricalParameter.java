package org.fettle.search.space;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** One of several values without an order. */
public record CategoricalParameter(
    String name, List<Object> choices, Optional<Object> defaultValue, Condition condition)
    implements ChoiceParameter {

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
  public String summary() {
    return "one of " + choices;
  }
}
