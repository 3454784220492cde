package org.fettle.search.suggest.cmaes;

import java.util.ArrayList;
import java.util.List;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.SearchSpace;

/** Which parameters the normal distribution moves, and which are choices without order. */
final class Axes {

  private final List<Integer> ordered = new ArrayList<>();
  private final List<Integer> choices = new ArrayList<>();
  private final List<Parameter> parameters;

  Axes(SearchSpace space) {
    this.parameters = space.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      (parameters.get(i) instanceof CategoricalParameter ? choices : ordered).add(i);
    }
  }

  int dimensions() {
    return ordered.size();
  }

  /** The parameter of a dimension. */
  Parameter parameter(int dimension) {
    return parameters.get(ordered.get(dimension));
  }

  /** The choices, as places in the unit cube. */
  List<Integer> choices() {
    return choices;
  }

  CategoricalParameter choice(int place) {
    return (CategoricalParameter) parameters.get(place);
  }

  /** The ordered part of a point of the unit cube; NaN where a parameter is inactive. */
  double[] ordered(double[] point) {
    double[] part = new double[ordered.size()];
    for (int i = 0; i < part.length; i++) {
      part[i] = point[ordered.get(i)];
    }
    return part;
  }

  /** A point of the unit cube from its ordered part; its choices are 0. */
  double[] point(double[] part) {
    double[] point = new double[parameters.size()];
    for (int i = 0; i < part.length; i++) {
      point[ordered.get(i)] = part[i];
    }
    return point;
  }
}
