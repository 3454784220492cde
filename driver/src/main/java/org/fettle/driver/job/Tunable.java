package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.Parameter;

/** A part of a job in which values may be left to the search. */
public sealed interface Tunable {

  /**
   * Returns plain data, with the assignment's values where the search chooses.
   *
   * @throws IllegalArgumentException if the assignment lacks a value
   */
  Object resolve(Assignment assignment);

  /** As plain data that, read as part of a job file, gives this again. */
  Object canonical();

  /** The parameters in it, each before those that depend on it. */
  List<Parameter> parameters();

  /** A value that is not searched for. */
  record Constant(Object value) implements Tunable {
    public Constant {
      requireNonNull(value, "value is null");
    }

    @Override
    public Object resolve(Assignment assignment) {
      return value;
    }

    @Override
    public Object canonical() {
      return value;
    }

    @Override
    public List<Parameter> parameters() {
      return List.of();
    }
  }

  /** A list. */
  record Elements(List<Tunable> tunables) implements Tunable {
    public Elements {
      tunables = List.copyOf(tunables);
    }

    @Override
    public List<Object> resolve(Assignment assignment) {
      return tunables.stream().map(each -> each.resolve(assignment)).toList();
    }

    @Override
    public List<Object> canonical() {
      return tunables.stream().map(Tunable::canonical).toList();
    }

    @Override
    public List<Parameter> parameters() {
      return tunables.stream().flatMap(each -> each.parameters().stream()).toList();
    }
  }

  /** A map. */
  record Group(Map<String, Tunable> tunables) implements Tunable {
    public Group {
      tunables = Collections.unmodifiableMap(new LinkedHashMap<>(tunables));
    }

    @Override
    public Map<String, Object> resolve(Assignment assignment) {
      Map<String, Object> values = new LinkedHashMap<>();
      tunables.forEach((key, each) -> values.put(key, each.resolve(assignment)));
      return values;
    }

    @Override
    public Map<String, Object> canonical() {
      Map<String, Object> values = new LinkedHashMap<>();
      tunables.forEach((key, each) -> values.put(key, each.canonical()));
      return values;
    }

    @Override
    public List<Parameter> parameters() {
      return tunables.values().stream().flatMap(each -> each.parameters().stream()).toList();
    }
  }

  /** A number that the search draws. */
  record Draw(Parameter parameter) implements Tunable {
    @Override
    public Object resolve(Assignment assignment) {
      return value(parameter, assignment);
    }

    @Override
    public Object canonical() {
      return NumberDomain.canonical(parameter);
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(parameter);
    }
  }

  /**
   * One of several options; those that are no scalars go by a label in the parameter.
   *
   * @param options by their values in the parameter
   */
  record Choice(Parameter parameter, Map<Object, Tunable> options) implements Tunable {
    public Choice {
      requireNonNull(parameter, "parameter is null");
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    @Override
    public Object resolve(Assignment assignment) {
      Object value = value(parameter, assignment);
      return requireNonNull(options.get(value), () -> parameter.name() + " has no " + value)
          .resolve(assignment);
    }

    @Override
    public Object canonical() {
      Map<String, Object> canonical = new LinkedHashMap<>();
      canonical.put("choice", options.values().stream().map(Tunable::canonical).toList());
      parameter.defaultValue().ifPresent(value -> canonical.put("default", value));
      return canonical;
    }

    @Override
    public List<Parameter> parameters() {
      List<Parameter> parameters = new ArrayList<>(List.of(parameter));
      options.values().forEach(option -> parameters.addAll(option.parameters()));
      return parameters;
    }
  }

  /**
   * A list whose length may be searched for.
   *
   * @param elements as many as there can be, at least one
   */
  record Repeat(Tunable count, List<Tunable> elements) implements Tunable {
    public Repeat {
      requireNonNull(count, "count is null");
      elements = List.copyOf(elements);
    }

    @Override
    public List<Object> resolve(Assignment assignment) {
      int length = ((Number) count.resolve(assignment)).intValue();
      return elements.stream().limit(length).map(each -> each.resolve(assignment)).toList();
    }

    @Override
    public Object canonical() {
      Map<String, Object> canonical = new LinkedHashMap<>();
      canonical.put("repeat", count.canonical());
      canonical.put("of", elements.get(0).canonical());
      return canonical;
    }

    @Override
    public List<Parameter> parameters() {
      List<Parameter> parameters = new ArrayList<>(count.parameters());
      elements.forEach(element -> parameters.addAll(element.parameters()));
      return parameters;
    }
  }

  private static Object value(Parameter parameter, Assignment assignment) {
    return assignment
        .value(parameter.name())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Parameter " + parameter.name() + " must have a value, but was left out"));
  }
}
