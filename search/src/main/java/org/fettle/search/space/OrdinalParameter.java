package org.fettle.search.space;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * One of several values in an order that matters, such as batch sizes 32, 64, 128: neighbours in
 * the list are alike, their distances are equal.
 */
public record OrdinalParameter(
    String name, List<Object> choices, Optional<Object> defaultValue, Condition condition)
    implements ChoiceParameter {

  public OrdinalParameter {
    requireNonNull(condition, "condition is null");
    choices = Choices.check(name, choices);
    defaultValue = defaultValue.map(Values::canonical);
    if (defaultValue.isPresent()) {
      new OrdinalParameter(name, choices, Optional.empty(), condition).check(defaultValue.get());
    }
  }

  public static OrdinalParameter of(String name, Object... choices) {
    return new OrdinalParameter(name, List.of(choices), Optional.empty(), Condition.always());
  }

  /** The same parameter with a default value. */
  public OrdinalParameter withDefault(Object value) {
    return new OrdinalParameter(name, choices, Optional.of(value), condition);
  }

  @Override
  public OrdinalParameter when(Condition other) {
    return new OrdinalParameter(name, choices, defaultValue, condition.and(other));
  }

  @Override
  public String summary() {
    return "one of, in order, " + choices;
  }
}
