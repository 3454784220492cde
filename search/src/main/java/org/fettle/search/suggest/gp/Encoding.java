package org.fettle.search.suggest.gp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Condition;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.space.UnitCube;

/**
 * A search space as columns of numbers between which the kernel measures distances.
 *
 * <p>A numeric or ordinal parameter is its place in the unit interval; a categorical one is the
 * index of its choice, and two choices are either equal or at distance 1. A parameter with a
 * condition adds what the kernel knows of its absence: a numeric one lies at the middle of its
 * range and half a range aside when it is inactive, so that two assignments without it are as one
 * in it, and an active one is at nearly the same distance from all that lack it; for a categorical
 * one, absence is one more choice. The distance is Euclidean in both cases, hence the kernel
 * positive definite.
 */
final class Encoding {

  /** Up to here a numeric parameter is moved value by value, beyond it is taken as continuous. */
  private static final long DISCRETE = 32;

  private static final double ASIDE = 0.5;

  /**
   * One column.
   *
   * @param dimension the parameter that it belongs to, and whose length scale it shares
   */
  record Column(int dimension, Kind kind) {}

  /** What a column holds. */
  enum Kind {
    PLACE,
    PRESENCE,
    CHOICE
  }

  private final SearchSpace space;
  private final UnitCube cube;
  private final List<Column> columns;
  private final List<Integer> varying;
  private final List<Integer> options;
  private final boolean[] continuous;
  private final int[] choices;
  private final int[] placeColumns;
  private final double[][] places;

  Encoding(SearchSpace space) {
    this.space = space;
    this.cube = new UnitCube(space);
    int dimensions = cube.dimensions();
    List<Column> all = new ArrayList<>();
    continuous = new boolean[dimensions];
    choices = new int[dimensions];
    placeColumns = new int[dimensions];
    places = new double[dimensions][];
    for (int i = 0; i < dimensions; i++) {
      Parameter parameter = space.parameters().get(i);
      long cardinality = parameter.cardinality().orElse(Long.MAX_VALUE);
      boolean conditional = !parameter.condition().equals(Condition.always());
      if (cardinality == 1) {
        continue;
      }
      if (parameter instanceof CategoricalParameter) {
        choices[i] = (int) cardinality;
        all.add(new Column(i, Kind.CHOICE));
        places[i] = places(i);
        continue;
      }
      continuous[i] = cardinality > DISCRETE;
      places[i] = continuous[i] ? new double[0] : places(i);
      placeColumns[i] = all.size();
      all.add(new Column(i, Kind.PLACE));
      if (conditional) {
        all.add(new Column(i, Kind.PRESENCE));
      }
    }
    columns = List.copyOf(all);
    varying = all.stream().map(Column::dimension).distinct().toList();
    Set<String> parents = new HashSet<>();
    space.parameters().forEach(each -> parents.addAll(each.condition().parents()));
    options =
        varying.stream()
            .filter(i -> !continuous[i] && parents.contains(space.parameters().get(i).name()))
            .toList();
  }

  int dimensions() {
    return cube.dimensions();
  }

  List<Column> columns() {
    return columns;
  }

  /** The parameters that have more than one value. */
  List<Integer> varying() {
    return varying;
  }

  boolean continuous(int dimension) {
    return continuous[dimension];
  }

  /** The column of a numeric parameter's place. */
  int place(int dimension) {
    return placeColumns[dimension];
  }

  /** Whether every parameter is continuous. */
  boolean smooth() {
    return varying.stream().allMatch(i -> continuous[i]);
  }

  /** The parameters with few values that conditions ask for. */
  List<Integer> options() {
    return options;
  }

  boolean categorical(int dimension) {
    return choices[dimension] > 0;
  }

  /** The places of all values of a parameter that is not continuous. */
  double[] valuePlaces(int dimension) {
    return places[dimension];
  }

  private double[] places(int dimension) {
    Parameter parameter = space.parameters().get(dimension);
    int count = (int) parameter.cardinality().orElseThrow();
    if (parameter instanceof DoubleParameter || categorical(dimension)) {
      return IntStream.range(0, count).mapToDouble(k -> (k + 0.5) / count).toArray();
    }
    // Cells on a log scale differ in width: find each by halving from the last.
    List<Double> places = new ArrayList<>();
    double from = 0;
    while (places.size() < count && from <= 1) {
      double middle = parameter.toUnit(parameter.fromUnit(from));
      places.add(middle);
      from = next(parameter, middle);
    }
    return places.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double next(Parameter parameter, double place) {
    Object value = parameter.fromUnit(place);
    if (parameter.fromUnit(1).equals(value)) {
      return 2;
    }
    double same = place;
    double other = 1;
    for (int i = 0; i < 60; i++) {
      double middle = 0.5 * (same + other);
      if (parameter.fromUnit(middle).equals(value)) {
        same = middle;
      } else {
        other = middle;
      }
    }
    return other;
  }

  /** The point of an assignment; inactive dimensions are NaN. */
  double[] point(Assignment assignment) {
    return cube.encode(assignment);
  }

  /** The assignment at a place, where inactive dimensions may have any value. */
  Assignment assignment(double[] place) {
    return cube.decode(place);
  }

  /** Whether an assignment is not a forbidden combination. */
  boolean allowed(Assignment assignment) {
    return space.forbidden().isEmpty() || space.contains(assignment);
  }

  /** The columns' values for a point. */
  double[] features(double[] point) {
    double[] features = new double[columns.size()];
    for (int c = 0; c < features.length; c++) {
      Column column = columns.get(c);
      double place = point[column.dimension()];
      boolean active = !Double.isNaN(place);
      features[c] =
          switch (column.kind()) {
            case PLACE -> active ? place : 0.5;
            case PRESENCE -> active ? ASIDE : 0;
            case CHOICE -> active ? choice(column.dimension(), place) : -1;
          };
    }
    return features;
  }

  private double choice(int dimension, double place) {
    return Math.min(choices[dimension] - 1, (int) (place * choices[dimension]));
  }

  /** The default values of a space that has one for every parameter. */
  java.util.Optional<Assignment> defaults() {
    Map<String, Object> none = Map.of();
    if (space.parameters().stream().anyMatch(each -> each.defaultValue().isEmpty())) {
      return java.util.Optional.empty();
    }
    Assignment assignment = space.assign(parameter -> parameter.defaultValue().orElse(none));
    return space.contains(assignment)
        ? java.util.Optional.of(assignment)
        : java.util.Optional.empty();
  }
}
