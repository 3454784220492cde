package org.fettle.search.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Holds parameters of a space at one value each. */
final class Fixing {

  private final Map<String, Parameter> kept = new LinkedHashMap<>();

  private Fixing() {}

  /** The space with parameters held at values; those that can no longer be active are left out. */
  static SearchSpace fix(SearchSpace space, Map<String, Object> values) {
    Fixing fixing = new Fixing();
    for (Parameter parameter : space.parameters()) {
      Optional<Condition> condition = fixing.narrowed(parameter.condition());
      if (condition.isPresent()) {
        Object value = values.get(parameter.name());
        Parameter fixed =
            value == null
                ? with(parameter, condition.get())
                : only(parameter, value, condition.get());
        fixing.kept.put(fixed.name(), fixed);
      }
    }
    List<Forbidden> forbidden = new ArrayList<>();
    for (Forbidden clause : space.forbidden()) {
      if (clause.values().entrySet().stream()
          .allMatch(entry -> fixing.takes(entry.getKey(), entry.getValue()))) {
        forbidden.add(clause);
      }
    }
    return new SearchSpace(List.copyOf(fixing.kept.values()), forbidden);
  }

  private boolean takes(String name, Object value) {
    Parameter parameter = kept.get(name);
    return parameter != null && parameter.contains(value);
  }

  /** The condition without values that the parent no longer takes; empty if it cannot hold. */
  private Optional<Condition> narrowed(Condition condition) {
    if (condition instanceof Condition.OneOf oneOf) {
      List<Object> left =
          oneOf.values().stream().filter(value -> takes(oneOf.parent(), value)).toList();
      return left.isEmpty()
          ? Optional.empty()
          : Optional.of(new Condition.OneOf(oneOf.parent(), left));
    }
    if (condition instanceof Condition.AtLeast atLeast) {
      return kept.containsKey(atLeast.parent()) ? Optional.of(atLeast) : Optional.empty();
    }
    if (condition instanceof Condition.AllOf allOf) {
      List<Condition> parts = new ArrayList<>();
      for (Condition each : allOf.conditions()) {
        Optional<Condition> part = narrowed(each);
        if (part.isEmpty()) {
          return Optional.empty();
        }
        parts.add(part.get());
      }
      return Optional.of(new Condition.AllOf(parts));
    }
    throw new AssertionError(condition);
  }

  private static Parameter with(Parameter parameter, Condition condition) {
    if (parameter instanceof DoubleParameter p) {
      return new DoubleParameter(
          p.name(), p.low(), p.high(), p.scale(), p.step(), p.defaultValue(), condition);
    }
    if (parameter instanceof IntegerParameter p) {
      return new IntegerParameter(
          p.name(), p.low(), p.high(), p.scale(), p.step(), p.defaultValue(), condition);
    }
    if (parameter instanceof CategoricalParameter p) {
      return new CategoricalParameter(p.name(), p.choices(), p.defaultValue(), condition);
    }
    if (parameter instanceof OrdinalParameter p) {
      return new OrdinalParameter(p.name(), p.choices(), p.defaultValue(), condition);
    }
    throw new AssertionError(parameter);
  }

  private static Parameter only(Parameter parameter, Object value, Condition condition) {
    parameter.check(value);
    String name = parameter.name();
    if (parameter instanceof DoubleParameter p) {
      double number = ((Number) value).doubleValue();
      return new DoubleParameter(
          name, number, number, p.scale(), OptionalDouble.empty(), Optional.empty(), condition);
    }
    if (parameter instanceof IntegerParameter p) {
      long number = (Long) value;
      return new IntegerParameter(name, number, number, p.scale(), 1, Optional.empty(), condition);
    }
    if (parameter instanceof CategoricalParameter) {
      return new CategoricalParameter(name, List.of(value), Optional.empty(), condition);
    }
    if (parameter instanceof OrdinalParameter) {
      return new OrdinalParameter(name, List.of(value), Optional.empty(), condition);
    }
    throw new AssertionError(parameter);
  }
}
