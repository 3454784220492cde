import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.SearchSpace;

/**
 * A function to minimise, written once for all tuners.
 *
 * @param function its values without noise, one a goal
 * @param noise deviation of the normal noise that tuners see on top
 * @param optimum the least value, or NaN where none is known
 * @param reference for several goals, what hypervolumes are measured up to; else empty
 */
record Problem(
    String name,
    SearchSpace space,
    Function<Assignment, double[]> function,
    double noise,
    double optimum,
    double[] reference) {

  static Problem of(
      String name, double optimum, SearchSpace space, ToDoubleFunction<Assignment> function) {
    Function<Assignment, double[]> values = at -> new double[] {function.applyAsDouble(at)};
    return new Problem(name, space, values, 0, optimum, new double[0]);
  }

  static Problem several(
      String name,
      double optimum,
      double[] reference,
      SearchSpace space,
      Function<Assignment, double[]> function) {
    return new Problem(name, space, function, 0, optimum, reference);
  }

  Problem noisy(String other, double deviation) {
    return new Problem(other, space, function, deviation, optimum, reference);
  }

  int goals() {
    return Math.max(1, reference.length);
  }
}
