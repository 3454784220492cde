package org.fettle.search.simulation;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.UnitCube;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Report;
import org.fettle.search.study.Trial;

/** What a trial would report, if it were run: a value of the goal for each step of each fold. */
public interface LearningCurves {

  int folds();

  /** Steps of each fold. */
  int steps();

  /**
   * The value after a step; equal arguments give equal values.
   *
   * @param fold from 0
   * @param step from 1
   */
  double value(Assignment assignment, int fold, int step);

  /** How long a step takes, in seconds. */
  double seconds(Assignment assignment);

  /** The score of a whole run: the mean over the folds of the last steps' values. */
  default double score(Assignment assignment) {
    double sum = 0;
    for (int fold = 0; fold < folds(); fold++) {
      sum += value(assignment, fold, steps());
    }
    return sum / folds();
  }

  /**
   * Losses that fall exponentially from 1 above the final loss, each at a speed of its own, so that
   * curves cross; with normal noise on each step, and a difficulty of each fold. A step takes 1 to
   * 3 seconds. Speeds, times and noise follow the seed and the assignment.
   */
  static LearningCurves synthetic(
      int folds, int steps, ToDoubleFunction<Assignment> loss, double noise, long seed) {
    return new LearningCurves() {
      @Override
      public int folds() {
        return folds;
      }

      @Override
      public int steps() {
        return steps;
      }

      @Override
      public double value(Assignment assignment, int fold, int step) {
        double speed = 3 + 5 * draw(assignment, "speed").nextDouble();
        RandomGenerator random = draw(assignment, "noise/" + fold + "/" + step);
        return loss.applyAsDouble(assignment)
            + 0.02 * fold
            + StrictMath.exp(-speed * step / steps)
            + noise * (random.nextDouble() + random.nextDouble() - 1) * Math.sqrt(6);
      }

      @Override
      public double seconds(Assignment assignment) {
        return 1 + 2 * draw(assignment, "seconds").nextDouble();
      }

      private RandomGenerator draw(Assignment assignment, String purpose) {
        long hash = seed;
        for (Object value : assignment.values().values()) {
          // Not hashCode of the assignment, which need not be the same in every JVM.
          hash =
              value instanceof Number number
                  ? Seeds.derive(hash, Double.doubleToLongBits(number.doubleValue()), "")
                  : Seeds.derive(hash, 0, value.toString());
        }
        return Seeds.generator(hash, 0, purpose);
      }
    };
  }

  /**
   * The curves of a study that was run without a pruner: those of the completed trial that is
   * nearest in the unit cube.
   *
   * @param seconds how long each step is said to have taken
   * @throws IllegalArgumentException if no trial completed, or they differ in folds or steps
   */
  static LearningCurves recorded(History history, double seconds) {
    Goal goal = history.spec().goal();
    UnitCube cube = new UnitCube(history.spec().space());
    record Row(double[] point, Map<Integer, Map<Integer, Double>> values) {}
    List<Row> rows =
        history.completed().stream()
            .map(trial -> new Row(cube.encode(trial.assignment()), values(trial, goal)))
            .toList();
    List<Integer> shapes =
        rows.stream()
            .flatMap(row -> row.values().values().stream().map(Map::size))
            .distinct()
            .toList();
    List<Integer> folds = rows.stream().map(row -> row.values().size()).distinct().toList();
    if (shapes.size() != 1 || folds.size() != 1) {
      throw new IllegalArgumentException(
          "Recorded trials must have equal folds and steps, but had folds %s and steps %s"
              .formatted(folds, shapes));
    }
    return new LearningCurves() {
      @Override
      public int folds() {
        return folds.get(0);
      }

      @Override
      public int steps() {
        return shapes.get(0);
      }

      @Override
      public double value(Assignment assignment, int fold, int step) {
        double[] point = cube.encode(assignment);
        return rows.stream()
            .min(Comparator.comparingDouble(row -> distance(row.point(), point)))
            .orElseThrow()
            .values()
            .get(fold)
            .get(step);
      }

      @Override
      public double seconds(Assignment assignment) {
        return seconds;
      }
    };
  }

  private static Map<Integer, Map<Integer, Double>> values(Trial trial, Goal goal) {
    Map<Integer, Map<Integer, Double>> values = new TreeMap<>();
    for (Report report : trial.reports()) {
      values
          .computeIfAbsent(report.fold(), fold -> new TreeMap<>())
          .put(report.step(), report.measurement().value(goal.metric()));
    }
    return values;
  }

  private static double distance(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      double off = one[i] - other[i];
      boolean known = !Double.isNaN(off);
      sum += known ? off * off : Double.isNaN(one[i]) == Double.isNaN(other[i]) ? 0 : 1;
    }
    return sum;
  }
}
