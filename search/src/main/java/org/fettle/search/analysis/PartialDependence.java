package org.fettle.search.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.fettle.search.numeric.TreeMarginals;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Parameter;

/**
 * A goal's score by the value of one parameter or of two, on average over all values of the others:
 * what a plot shows.
 *
 * @param parameters one name or two
 * @param values for each parameter the values at which the score is given, ascending
 * @param means the score for each value of the first parameter (row) and of the second (column); a
 *     single column where there is no second
 * @param deviations how far the trees of the forest are apart there: a standard deviation, in the
 *     score's unit, which is small where trials are many
 */
public record PartialDependence(
    List<String> parameters,
    List<List<Object>> values,
    List<List<Double>> means,
    List<List<Double>> deviations) {

  /** At so many places a parameter of more values is looked at, evenly on its scale. */
  public static final int PLACES = 25;

  public PartialDependence {
    parameters = List.copyOf(parameters);
    values = values.stream().map(List::copyOf).toList();
    means = means.stream().map(List::copyOf).toList();
    deviations = deviations.stream().map(List::copyOf).toList();
  }

  /** On one parameter. */
  public static PartialDependence of(ScoreForest forest, String parameter) {
    int axis = forest.axis(parameter);
    List<Object> values = values(forest.spec().space().parameters().get(axis));
    double[] places = places(forest, axis, values);
    return of(
        forest,
        List.of(parameter),
        List.of(values),
        tree ->
            Arrays.stream(tree.at(axis, places))
                .mapToObj(value -> new double[] {value})
                .toArray(double[][]::new));
  }

  /** On two parameters. */
  public static PartialDependence of(ScoreForest forest, String first, String second) {
    int one = forest.axis(first);
    int other = forest.axis(second);
    if (one == other) {
      throw new IllegalArgumentException("Parameters must differ, but both were " + first);
    }
    List<Object> values = values(forest.spec().space().parameters().get(one));
    List<Object> others = values(forest.spec().space().parameters().get(other));
    double[] places = places(forest, one, values);
    double[] otherPlaces = places(forest, other, others);
    return of(
        forest,
        List.of(first, second),
        List.of(values, others),
        tree -> tree.at(one, other, places, otherPlaces));
  }

  private static PartialDependence of(
      ScoreForest forest,
      List<String> parameters,
      List<List<Object>> values,
      Function<TreeMarginals, double[][]> marginal) {
    List<double[][]> trees = forest.trees().stream().map(marginal).toList();
    double[][] means = new double[trees.get(0).length][trees.get(0)[0].length];
    double[][] deviations = new double[means.length][means[0].length];
    for (int i = 0; i < means.length; i++) {
      for (int j = 0; j < means[i].length; j++) {
        double sum = 0;
        for (double[][] tree : trees) {
          sum += tree[i][j];
        }
        double mean = sum / trees.size();
        double squares = 0;
        for (double[][] tree : trees) {
          squares += (tree[i][j] - mean) * (tree[i][j] - mean);
        }
        means[i][j] = forest.unit() * mean;
        deviations[i][j] = forest.unit() * Math.sqrt(squares / trees.size());
      }
    }
    return new PartialDependence(parameters, values, lists(means), lists(deviations));
  }

  /** The values at which a parameter is looked at. */
  static List<Object> values(Parameter parameter) {
    long cardinality = parameter.cardinality().orElse(Long.MAX_VALUE);
    if (cardinality <= PLACES || parameter instanceof CategoricalParameter) {
      return IntStream.range(0, Math.toIntExact(cardinality)).mapToObj(parameter::value).toList();
    }
    return IntStream.range(0, PLACES)
        .mapToObj(i -> parameter.fromUnit((double) i / (PLACES - 1)))
        .distinct()
        .toList();
  }

  private static double[] places(ScoreForest forest, int axis, List<Object> values) {
    Parameter parameter = forest.spec().space().parameters().get(axis);
    return values.stream().mapToDouble(parameter::toUnit).toArray();
  }

  private static List<List<Double>> lists(double[][] rows) {
    return Arrays.stream(rows).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }
}
