import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;

/** Test functions of global optimisation, with their optimum moved from the middle. */
final class Classics {

  private static final double[] HEIGHTS = {1, 1.2, 3, 3.2};
  private static final double[][] WIDTHS_6 = {
    {10, 3, 17, 3.5, 1.7, 8},
    {.05, 10, 17, .1, 8, 14},
    {3, 3.5, 1.7, 10, 17, 8},
    {17, 8, .05, 10, .1, 14}
  };
  private static final double[][] CENTRES_6 = {
    {.1312, .1696, .5569, .0124, .8283, .5886},
    {.2329, .4135, .8307, .3736, .1004, .9991},
    {.2348, .1451, .3522, .2883, .3047, .6650},
    {.4047, .8828, .8732, .5743, .1091, .0381}
  };
  private static final double[][] WIDTHS_3 = {{3, 10, 30}, {.1, 10, 35}, {3, 10, 30}, {.1, 10, 35}};
  private static final double[][] CENTRES_3 = {
    {.3689, .1170, .2673}, {.4699, .4387, .7470}, {.1091, .8732, .5547}, {.0381, .5743, .8828}
  };

  private Classics() {}

  static Problem branin() {
    SearchSpace space = SearchSpace.of(axis("x0", -5, 10), axis("x1", 0, 15));
    return Problem.of("branin", 0.39788735772973816, space, at -> branin(point(at, 2)));
  }

  private static double branin(double[] x) {
    double valley = x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6;
    return square(valley) + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x[0]) + 10;
  }

  static Problem hartmann6() {
    return box("hartmann-6", -3.3223680114155147, 6, 0, 1, x -> hartmann(x, WIDTHS_6, CENTRES_6));
  }

  static Problem hartmann3() {
    return box("hartmann-3", -3.8627797869493365, 3, 0, 1, x -> hartmann(x, WIDTHS_3, CENTRES_3));
  }

  private static double hartmann(double[] x, double[][] widths, double[][] centres) {
    double sum = 0;
    for (int k = 0; k < HEIGHTS.length; k++) {
      double exponent = 0;
      for (int i = 0; i < x.length; i++) {
        exponent += widths[k][i] * square(x[i] - centres[k][i]);
      }
      sum -= HEIGHTS[k] * Math.exp(-exponent);
    }
    return sum;
  }

  static Problem ackley10() {
    return box("ackley-10", 0, 10, -32.768, 32.768, x -> ackley(shifted(x, 8)));
  }

  private static double ackley(double[] x) {
    double squares = 0;
    double waves = 0;
    for (double each : x) {
      squares += each * each / x.length;
      waves += Math.cos(2 * Math.PI * each) / x.length;
    }
    return -20 * Math.exp(-.2 * Math.sqrt(squares)) - Math.exp(waves) + 20 + Math.E;
  }

  static Problem levy6() {
    return box("levy-6", 0, 6, -10, 10, Classics::levy);
  }

  private static double levy(double[] x) {
    double[] w = Arrays.stream(x).map(each -> 1 + (each - 1) / 4).toArray();
    int last = w.length - 1;
    double sum = square(Math.sin(Math.PI * w[0]));
    for (int i = 0; i < last; i++) {
      sum += square(w[i] - 1) * (1 + 10 * square(Math.sin(Math.PI * w[i] + 1)));
    }
    return sum + square(w[last] - 1) * (1 + square(Math.sin(2 * Math.PI * w[last])));
  }

  static Problem rosenbrock5() {
    return box("rosenbrock-5", 0, 5, -2.3, 2.3, x -> rosenbrock(rotated(x, .6)));
  }

  static Problem rosenbrock8() {
    return box("rosenbrock-8", 0, 8, -3, 3, x -> rosenbrock(rotated(x, 1.1)));
  }

  private static double rosenbrock(double[] x) {
    double sum = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      sum += 100 * square(x[i + 1] - x[i] * x[i]) + square(1 - x[i]);
    }
    return sum;
  }

  static Problem rastrigin4() {
    return box("rastrigin-4", 0, 4, -5.12, 5.12, x -> rastrigin(shifted(x, 2)));
  }

  private static double rastrigin(double[] x) {
    return Arrays.stream(x).map(each -> each * each - 10 * Math.cos(2 * Math.PI * each) + 10).sum();
  }

  static Problem styblinski5() {
    return box("styblinski-5", 5 * -39.16616570377141, 5, -5, 5, Classics::styblinski);
  }

  private static double styblinski(double[] x) {
    return Arrays.stream(x).map(v -> .5 * (v * v * v * v - 16 * v * v + 5 * v)).sum();
  }

  static Problem michalewicz5() {
    return box("michalewicz-5", -4.687658179, 5, 0, Math.PI, Classics::michalewicz);
  }

  private static double michalewicz(double[] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum -= Math.sin(x[i]) * Math.pow(Math.sin((i + 1) * x[i] * x[i] / Math.PI), 20);
    }
    return sum;
  }

  static Problem zdt1() {
    return Problem.several(
        "zdt1", Double.NaN, new double[] {1.1, 6}, cube(5, 0, 1), Classics::zdt1);
  }

  private static double[] zdt1(Assignment at) {
    double[] x = point(at, 5);
    double g = 1 + 9 * Arrays.stream(x, 1, 5).average().orElseThrow();
    return new double[] {x[0], g * (1 - Math.sqrt(x[0] / g))};
  }

  static Problem dtlz2() {
    double[] reference = {1.5, 1.5, 1.5};
    return Problem.several("dtlz2", Double.NaN, reference, cube(6, 0, 1), Classics::dtlz2);
  }

  private static double[] dtlz2(Assignment at) {
    double[] x = point(at, 6);
    double g = Arrays.stream(x, 2, 6).map(each -> square(each - .6)).sum();
    double a = x[0] * Math.PI / 2;
    double b = x[1] * Math.PI / 2;
    return new double[] {
      (1 + g) * Math.cos(a) * Math.cos(b),
      (1 + g) * Math.cos(a) * Math.sin(b),
      (1 + g) * Math.sin(a)
    };
  }

  static double square(double value) {
    return value * value;
  }

  private static Problem box(
      String name, double optimum, int d, double low, double high, ToDoubleFunction<double[]> f) {
    return Problem.of(name, optimum, cube(d, low, high), at -> f.applyAsDouble(point(at, d)));
  }

  private static SearchSpace cube(int dimensions, double low, double high) {
    Parameter[] axes = new Parameter[dimensions];
    Arrays.setAll(axes, i -> axis("x" + i, low, high));
    return SearchSpace.of(axes);
  }

  private static DoubleParameter axis(String name, double low, double high) {
    return DoubleParameter.of(name, low, high, Scale.LINEAR);
  }

  private static double[] point(Assignment at, int dimensions) {
    double[] x = new double[dimensions];
    Arrays.setAll(x, i -> at.number("x" + i));
    return x;
  }

  private static double[] shifted(double[] x, double most) {
    double[] moved = x.clone();
    Arrays.setAll(moved, i -> x[i] - most * Math.cos(i + 1));
    return moved;
  }

  /** Turned in the plane of each axis and its next, one after the other. */
  private static double[] rotated(double[] x, double angle) {
    double[] turned = x.clone();
    for (int i = 0; i + 1 < x.length; i++) {
      double first = turned[i];
      double second = turned[i + 1];
      turned[i] = Math.cos(angle) * first - Math.sin(angle) * second;
      turned[i + 1] = Math.sin(angle) * first + Math.cos(angle) * second;
    }
    return turned;
  }
}
