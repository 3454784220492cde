package org.fettle.search.space;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The parameters to be tuned, the conditions between them, and combinations that are ruled out.
 *
 * @param parameters parents before the parameters that depend on them; the constructor sorts them
 *     so, and otherwise keeps the given order
 */
public record SearchSpace(List<Parameter> parameters, List<Forbidden> forbidden) {

  /**
   * Checks the parts against each other.
   *
   * @throws IllegalArgumentException if two parameters have one name, a condition or a forbidden
   *     combination names an unknown parameter or an impossible value, or conditions form a cycle
   */
  public SearchSpace {
    Map<String, Parameter> byName = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      if (byName.put(parameter.name(), parameter) != null) {
        throw new IllegalArgumentException(
            "Parameter names must differ, but " + parameter.name() + " stands there twice");
      }
    }
    for (Parameter parameter : parameters) {
      checkCondition(parameter.name(), parameter.condition(), byName);
    }
    for (Forbidden clause : forbidden) {
      clause
          .values()
          .forEach((name, value) -> known(name, "Forbidden combination", byName).check(value));
    }
    parameters = parentsFirst(byName);
    forbidden = List.copyOf(forbidden);
  }

  public static SearchSpace of(Parameter... parameters) {
    return new SearchSpace(Arrays.asList(parameters), List.of());
  }

  /** The same space without the assignments that have all the given values. */
  public SearchSpace forbidding(Object... namesAndValues) {
    List<Forbidden> clauses = new ArrayList<>(forbidden);
    clauses.add(new Forbidden(Assignment.of(namesAndValues).values()));
    return new SearchSpace(parameters, clauses);
  }

  /**
   * The same space with parameters held at one value each. Parameters that can no longer be active
   * are left out.
   */
  public SearchSpace fixing(Object... namesAndValues) {
    Map<String, Object> values = Assignment.of(namesAndValues).values();
    for (String name : values.keySet()) {
      if (parameter(name).isEmpty()) {
        throw new IllegalArgumentException(
            "Fixed value must be of a parameter of the space, but was of " + name);
      }
    }
    return Fixing.fix(this, values);
  }

  /**
   * How many assignments there are, without the forbidden ones; empty if a continuous parameter can
   * be active.
   */
  public Optional<BigInteger> size() {
    return SpaceSize.of(this);
  }

  /**
   * The default of each active parameter; where there is none the middle of a range or an order,
   * and the first of choices without an order. May be a forbidden combination.
   */
  public Assignment defaults() {
    return assign(SearchSpace::standard);
  }

  /**
   * The assignment that has the given values, and what {@link #defaults} has for every other active
   * parameter.
   *
   * @throws IllegalArgumentException if a value is not its parameter's, is of a parameter that is
   *     unknown or inactive, or the result is a forbidden combination
   */
  public Assignment completing(Assignment given) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      Optional<Object> value = given.value(parameter.name());
      if (value.isPresent()) {
        parameter.check(value.get());
        values.put(parameter.name(), value.get());
      } else if (parameter.condition().holds(values)) {
        values.put(parameter.name(), standard(parameter));
      }
    }
    given.values().forEach(values::putIfAbsent);
    return checked(new Assignment(values));
  }

  private static Object standard(Parameter parameter) {
    return parameter
        .defaultValue()
        .orElseGet(() -> parameter.fromUnit(parameter instanceof CategoricalParameter ? 0 : 0.5));
  }

  private static void checkCondition(
      String name, Condition condition, Map<String, Parameter> byName) {
    if (condition instanceof Condition.OneOf oneOf) {
      Parameter parent = known(oneOf.parent(), "Condition of " + name, byName);
      oneOf.values().forEach(parent::check);
    } else if (condition instanceof Condition.AtLeast atLeast) {
      Parameter parent = known(atLeast.parent(), "Condition of " + name, byName);
      if (!numeric(parent)) {
        throw new IllegalArgumentException(
            "Condition of %s must compare numbers, but %s is %s"
                .formatted(name, parent.name(), parent.summary()));
      }
    } else if (condition instanceof Condition.AllOf allOf) {
      allOf.conditions().forEach(each -> checkCondition(name, each, byName));
    } else {
      throw new AssertionError(condition);
    }
  }

  private static boolean numeric(Parameter parameter) {
    return !(parameter instanceof ChoiceParameter choice)
        || choice.choices().stream().allMatch(Number.class::isInstance);
  }

  private static Parameter known(String name, String where, Map<String, Parameter> byName) {
    Parameter parameter = byName.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          where + " must name a parameter of the space, but was " + name);
    }
    return parameter;
  }

  private static List<Parameter> parentsFirst(Map<String, Parameter> byName) {
    Map<String, Parameter> waiting = new LinkedHashMap<>(byName);
    Map<String, Parameter> sorted = new LinkedHashMap<>();
    while (!waiting.isEmpty()) {
      int before = sorted.size();
      for (Parameter parameter : List.copyOf(waiting.values())) {
        if (sorted.keySet().containsAll(parameter.condition().parents())) {
          sorted.put(parameter.name(), parameter);
          waiting.remove(parameter.name());
        }
      }
      if (sorted.size() == before) {
        throw new IllegalArgumentException(
            "Conditions must not form a cycle, but did among " + waiting.keySet());
      }
    }
    return List.copyOf(sorted.values());
  }

  public Optional<Parameter> parameter(String name) {
    return parameters.stream().filter(parameter -> parameter.name().equals(name)).findFirst();
  }

  /**
   * Chooses a value for each active parameter, parents first. The result may be a forbidden
   * combination.
   */
  public Assignment assign(Function<Parameter, Object> chooser) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      if (parameter.condition().holds(values)) {
        values.put(parameter.name(), chooser.apply(parameter));
      }
    }
    return new Assignment(values);
  }

  /** Whether every value is where its parameter is active, and no combination is forbidden. */
  public boolean contains(Assignment assignment) {
    return problem(assignment).isEmpty();
  }

  /** Refuses an assignment that is not in the space. */
  public void check(Assignment assignment) {
    Optional<String> problem = problem(assignment);
    if (problem.isPresent()) {
      throw new IllegalArgumentException(problem.get());
    }
  }

  /**
   * The assignment as the space writes it: in the space's order, and whole numbers of a float
   * parameter as floats.
   *
   * @throws IllegalArgumentException if the assignment is not in the space
   */
  public Assignment checked(Assignment assignment) {
    check(assignment);
    return assign(
        parameter -> {
          Object value = assignment.value(parameter.name()).orElseThrow();
          return parameter instanceof DoubleParameter ? ((Number) value).doubleValue() : value;
        });
  }

  private Optional<String> problem(Assignment assignment) {
    Map<String, Object> values = assignment.values();
    int active = 0;
    for (Parameter parameter : parameters) {
      Object value = values.get(parameter.name());
      if (!parameter.condition().holds(values)) {
        if (value != null) {
          return Optional.of(
              "Parameter %s must be left out unless %s, but was %s"
                  .formatted(parameter.name(), parameter.condition(), value));
        }
        continue;
      }
      active++;
      if (value == null || !parameter.contains(value)) {
        return Optional.of(
            "Parameter %s must be %s, but was %s"
                .formatted(
                    parameter.name(), parameter.summary(), value == null ? "missing" : value));
      }
    }
    if (active < values.size()) {
      String known = parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
      return Optional.of(
          "Assignment must use the parameters " + known + ", but was " + values.keySet());
    }
    return forbidden.stream()
        .filter(clause -> clause.matches(values))
        .findFirst()
        .map(clause -> "Assignment must not have " + clause.values() + " together");
  }
}
