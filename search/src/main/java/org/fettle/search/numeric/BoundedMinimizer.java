package org.fettle.search.numeric;

/**
 * Minimises a smooth function within a box: limited-memory BFGS on the coordinates that are not
 * held at a bound, with a backtracking search along the projected path.
 *
 * <p>D. C. Liu, J. Nocedal, <i>On the Limited Memory BFGS Method for Large Scale Optimization</i>,
 * Mathematical Programming 45, 1989. D. P. Bertsekas, <i>Projected Newton Methods for Optimization
 * Problems with Simple Constraints</i>, SIAM J. Control and Optimization 20, 1982.
 */
public final class BoundedMinimizer {

  /** Pairs of steps and gradient changes that are remembered, as most L-BFGS codes do. */
  private static final int MEMORY = 10;

  private static final double ARMIJO = 1e-4;
  private static final int HALVINGS = 20;

  /** A function with its gradient. */
  public interface Function {
    /** Returns the value at a point and writes the gradient there. */
    double at(double[] point, double[] gradient);
  }

  /** Where the search ended. */
  @SuppressWarnings("ArrayRecordComponent") // a result that is read once
  public record Minimum(double[] point, double value, int evaluations) {}

  private final Function function;
  private final double[] low;
  private final double[] high;
  private final double[][] steps = new double[MEMORY][];
  private final double[][] changes = new double[MEMORY][];
  private final double[] curvatures = new double[MEMORY];
  private int remembered;
  private int evaluations;

  private BoundedMinimizer(Function function, double[] low, double[] high) {
    this.function = function;
    this.low = low;
    this.high = high;
  }

  /**
   * Searches from a start, which is moved into the box. A value that is not finite counts as worse
   * than any other.
   *
   * @param tolerance ends when no coordinate of the projected gradient is larger
   * @param iterations ends after so many line searches
   */
  public static Minimum minimize(
      Function function,
      double[] start,
      double[] low,
      double[] high,
      double tolerance,
      int iterations) {
    return new BoundedMinimizer(function, low, high).run(start, tolerance, iterations);
  }

  private Minimum run(double[] start, double tolerance, int iterations) {
    int n = start.length;
    double[] point = start.clone();
    project(point);
    double[] gradient = new double[n];
    double value = evaluate(point, gradient);
    double[] trialPoint = new double[n];
    double[] trialGradient = new double[n];
    for (int i = 0; i < iterations && Double.isFinite(value); i++) {
      boolean[] free = free(point, gradient);
      if (largest(gradient, free) <= tolerance) {
        break;
      }
      double[] direction = direction(gradient, free);
      double length = remembered == 0 ? Math.min(1, 1 / norm(gradient, free)) : 1;
      boolean lower = false;
      double trial = value;
      for (int halving = 0; halving < HALVINGS && !lower; halving++) {
        for (int k = 0; k < n; k++) {
          trialPoint[k] = point[k] + length * direction[k];
        }
        project(trialPoint);
        double decrease = 0;
        for (int k = 0; k < n; k++) {
          decrease += gradient[k] * (trialPoint[k] - point[k]);
        }
        trial = evaluate(trialPoint, trialGradient);
        lower = decrease < 0 && trial <= value + ARMIJO * decrease;
        length *= halving < 2 ? 0.5 : 0.2;
      }
      if (!lower) {
        if (remembered == 0) {
          break;
        }
        remembered = 0; // the model of the curvature misled; go on along the gradient
        continue;
      }
      boolean stalled = value - trial <= 1e-12 * Math.max(1, Math.abs(value));
      remember(point, gradient, trialPoint, trialGradient);
      value = trial;
      double[] swap = point;
      point = trialPoint;
      trialPoint = swap;
      swap = gradient;
      gradient = trialGradient;
      trialGradient = swap;
      if (stalled) {
        break;
      }
    }
    return new Minimum(point, value, evaluations);
  }

  private double evaluate(double[] point, double[] gradient) {
    evaluations++;
    double value = function.at(point, gradient);
    return Double.isFinite(value) ? value : Double.POSITIVE_INFINITY;
  }

  private void project(double[] point) {
    for (int k = 0; k < point.length; k++) {
      point[k] = Math.max(low[k], Math.min(high[k], point[k]));
    }
  }

  private boolean[] free(double[] point, double[] gradient) {
    boolean[] free = new boolean[point.length];
    for (int k = 0; k < free.length; k++) {
      free[k] = gradient[k] > 0 ? point[k] > low[k] : point[k] < high[k];
    }
    return free;
  }

  private static double largest(double[] gradient, boolean[] free) {
    double largest = 0;
    for (int k = 0; k < gradient.length; k++) {
      largest = free[k] ? Math.max(largest, Math.abs(gradient[k])) : largest;
    }
    return largest;
  }

  private static double norm(double[] gradient, boolean[] free) {
    double sum = 0;
    for (int k = 0; k < gradient.length; k++) {
      sum += free[k] ? gradient[k] * gradient[k] : 0;
    }
    return Math.sqrt(sum);
  }

  /** The two-loop recursion over the free coordinates. */
  private double[] direction(double[] gradient, boolean[] free) {
    double[] direction = new double[gradient.length];
    for (int k = 0; k < direction.length; k++) {
      direction[k] = free[k] ? -gradient[k] : 0;
    }
    int from = Math.max(0, remembered - MEMORY);
    double[] weights = new double[MEMORY];
    for (int i = remembered - 1; i >= from; i--) {
      int slot = i % MEMORY;
      weights[slot] = dot(steps[slot], direction, free) / curvatures[slot];
      add(direction, -weights[slot], changes[slot], free);
    }
    if (remembered > 0) {
      int slot = (remembered - 1) % MEMORY;
      double scale = curvatures[slot] / dot(changes[slot], changes[slot], null);
      for (int k = 0; k < direction.length; k++) {
        direction[k] *= scale;
      }
    }
    for (int i = from; i < remembered; i++) {
      int slot = i % MEMORY;
      double weight = dot(changes[slot], direction, free) / curvatures[slot];
      add(direction, weights[slot] - weight, steps[slot], free);
    }
    double slope = 0;
    for (int k = 0; k < direction.length; k++) {
      slope += direction[k] * gradient[k];
    }
    if (slope >= 0) {
      remembered = 0;
      for (int k = 0; k < direction.length; k++) {
        direction[k] = free[k] ? -gradient[k] : 0;
      }
    }
    return direction;
  }

  private void remember(double[] point, double[] gradient, double[] next, double[] nextGradient) {
    double[] step = new double[point.length];
    double[] change = new double[point.length];
    double curvature = 0;
    double square = 0;
    for (int k = 0; k < step.length; k++) {
      step[k] = next[k] - point[k];
      change[k] = nextGradient[k] - gradient[k];
      curvature += step[k] * change[k];
      square += change[k] * change[k];
    }
    if (curvature > 1e-12 * square) {
      int slot = remembered % MEMORY;
      steps[slot] = step;
      changes[slot] = change;
      curvatures[slot] = curvature;
      remembered++;
    }
  }

  private static double dot(
      double[] a, double[] b, boolean @org.jspecify.annotations.Nullable [] free) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += free == null || free[k] ? a[k] * b[k] : 0;
    }
    return sum;
  }

  private static void add(double[] to, double factor, double[] what, boolean[] free) {
    for (int k = 0; k < to.length; k++) {
      to[k] += free[k] ? factor * what[k] : 0;
    }
  }
}
