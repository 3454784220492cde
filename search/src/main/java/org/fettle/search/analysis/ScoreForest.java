package org.fettle.search.analysis;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fettle.search.numeric.ForestAxis;
import org.fettle.search.numeric.RegressionForest;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.numeric.TreeMarginals;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.space.UnitCube;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;

/**
 * A random forest of 64 trees that predicts a goal's score from an assignment, to be asked by
 * {@link FunctionalAnova} and {@link PartialDependence}. It learns from the completed trials.
 *
 * <p>Each parameter is uniform on its scale. An inactive one plays no role where it is inactive: a
 * trial that lacks it stands at a random place of its axis, so that the forest finds nothing to
 * learn from that place.
 */
public final class ScoreForest {

  /** The forest of the paper on functional ANOVA, and of Optuna. */
  public static final int TREES = 64;

  /** Finer steps count as none. */
  private static final long MOST_CELLS = 1 << 20;

  private final StudySpec spec;
  private final Goal goal;
  private final List<TreeMarginals> trees;
  private final double unit;

  private ScoreForest(StudySpec spec, Goal goal, RegressionForest forest, double unit) {
    this.spec = spec;
    this.goal = goal;
    this.trees = forest.marginals();
    this.unit = unit;
  }

  /** A forest for the first goal. */
  public static ScoreForest of(History history) {
    return of(history, history.spec().goal());
  }

  /**
   * A forest for another goal. Equal histories give equal forests.
   *
   * @throws IllegalArgumentException if no trial has completed
   */
  public static ScoreForest of(History history, Goal goal) {
    List<Trial> trials = history.completed();
    if (trials.isEmpty()) {
      throw new IllegalArgumentException("History must have a completed trial, but had none");
    }
    StudySpec spec = history.spec();
    double[] scores = new double[trials.size()];
    double[][] rows = new double[trials.size()][];
    double unit = Double.MIN_NORMAL;
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(spec, trials.get(i));
      scores[i] = trials.get(i).completed().orElseThrow().value(goal.metric());
      unit = Math.max(unit, Math.abs(scores[i]));
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= unit;
    }
    return new ScoreForest(
        spec,
        goal,
        RegressionForest.grow(axes(spec.space()), rows, scores, TREES, spec.seed()),
        unit);
  }

  /** The trial's place in the unit cube; a random one where a parameter is inactive. */
  static double[] row(StudySpec spec, Trial trial) {
    double[] row = new UnitCube(spec.space()).encode(trial.assignment());
    RandomGenerator random = Seeds.generator(spec.seed(), trial.number(), "analysis/inactive");
    for (int i = 0; i < row.length; i++) {
      if (Double.isNaN(row[i])) {
        Parameter parameter = spec.space().parameters().get(i);
        row[i] = parameter.toUnit(parameter.fromUnit(random.nextDouble()));
      }
    }
    return row;
  }

  /** An axis for each parameter, for forests over the unit cube of a space. */
  public static List<ForestAxis> axes(SearchSpace space) {
    return space.parameters().stream().map(ScoreForest::axis).toList();
  }

  private static ForestAxis axis(Parameter parameter) {
    if (parameter instanceof CategoricalParameter choice) {
      return new ForestAxis(choice.choices().size(), false);
    }
    long cells = parameter.cardinality().orElse(0);
    return new ForestAxis(cells > MOST_CELLS ? 0 : (int) cells, true);
  }

  StudySpec spec() {
    return spec;
  }

  List<TreeMarginals> trees() {
    return trees;
  }

  /** What the trees' outputs are to be multiplied with. */
  double unit() {
    return unit;
  }

  /** The goal whose score the forest predicts. */
  public Goal goal() {
    return goal;
  }

  /** The axis of a parameter. */
  int axis(String name) {
    List<String> names = spec.space().parameters().stream().map(Parameter::name).toList();
    int axis = names.indexOf(name);
    if (axis < 0) {
      throw new IllegalArgumentException("Parameter must be one of " + names + ", but was " + name);
    }
    return axis;
  }
}
