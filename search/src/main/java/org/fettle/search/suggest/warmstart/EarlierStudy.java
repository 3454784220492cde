package org.fettle.search.suggest.warmstart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fettle.search.analysis.Losses;
import org.fettle.search.analysis.ScoreForest;
import org.fettle.search.numeric.Correlation;
import org.fettle.search.numeric.ForestAxis;
import org.fettle.search.numeric.RegressionForest;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.UnitCube;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;

/** What an earlier study has to say to a new one, and how far it is to be heard. */
final class EarlierStudy {

  private static final int TREES = 32;

  /** Completed trials before a study can be let go: fewer agree or not by chance. */
  private static final int FEWEST = 5;

  /** So many deviations of chance τ has to be above 0. */
  private static final double MARGIN = 0.5;

  private final StudySpec spec;
  private final UnitCube cube;
  private final List<Carried> carried;

  /** Predicts the scores of a place, a forest for each goal; none where nothing was carried. */
  private final List<RegressionForest> forests = new ArrayList<>();

  /**
   * Carries a study over.
   *
   * @param most so many trials are kept: the best half of that, and others evenly by rank
   */
  EarlierStudy(History earlier, StudySpec spec, int most) {
    this.spec = spec;
    this.cube = new UnitCube(spec.space());
    this.carried = thinned(Carried.of(earlier, spec), most);
    if (!carried.isEmpty()) {
      List<ForestAxis> axes = ScoreForest.axes(spec.space());
      double[][] rows = carried.stream().map(each -> filled(each.point())).toArray(double[][]::new);
      for (int i = 0; i < spec.goals().size(); i++) {
        int goal = i;
        double[] scores = carried.stream().mapToDouble(each -> each.scores()[goal]).toArray();
        forests.add(RegressionForest.grow(axes, rows, scores, TREES, spec.seed()));
      }
    }
  }

  private static List<Carried> thinned(List<Carried> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    int half = most / 2;
    List<Carried> few = new ArrayList<>(all.subList(0, half));
    int rest = all.size() - half;
    for (int i = 0; i < most - half; i++) {
      few.add(all.get(half + (int) ((long) i * rest / (most - half))));
    }
    return few;
  }

  /** Inactive parameters all in one place, from which the forest can tell that they are. */
  private double[] filled(double[] point) {
    double[] filled = point.clone();
    for (int i = 0; i < filled.length; i++) {
      if (Double.isNaN(filled[i])) {
        Parameter parameter = spec.space().parameters().get(i);
        filled[i] = parameter.toUnit(parameter.fromUnit(0));
      }
    }
    return filled;
  }

  /** The carried trials, best first. */
  List<Carried> carried() {
    return carried;
  }

  /** What the study says to a new one whose trials have gone so far. */
  Influence influence(History own) {
    List<Trial> done = own.completed();
    double[][] losses = new double[spec.goals().size()][done.size()];
    double[][] predicted = new double[losses.length][done.size()];
    for (int i = 0; i < done.size(); i++) {
      Trial trial = done.get(i);
      double[] all = Losses.of(spec, trial.completed().orElseThrow());
      double[] place = filled(cube.encode(trial.assignment()));
      for (int goal = 0; goal < all.length; goal++) {
        losses[goal][i] = all[goal];
        predicted[goal][i] = carried.isEmpty() ? 0 : forests.get(goal).predict(place);
      }
    }
    double agreement = 0;
    Line[] lines = new Line[losses.length];
    for (int goal = 0; goal < losses.length; goal++) {
      agreement += Correlation.kendall(predicted[goal], losses[goal]) / losses.length;
      lines[goal] = Line.through(predicted[goal], losses[goal]);
    }
    boolean trusted =
        done.size() < FEWEST || agreement > MARGIN * Correlation.kendallByChance(done.size());
    return new Influence(agreement, trusted ? placed(left(own), lines) : List.of());
  }

  /** Each ended trial takes the place of its nearest earlier ones. */
  private List<Carried> left(History own) {
    List<Carried> left = new ArrayList<>(carried);
    int each = (carried.size() + WarmStart.FADE - 1) / WarmStart.FADE;
    for (int number : own.ended()) {
      Trial trial = own.trial(number);
      if (trial.state() != TrialState.FAILED && !left.isEmpty()) {
        double[] point = cube.encode(trial.assignment());
        left.sort(Comparator.comparingDouble(other -> distance(other.point(), point)));
        left = new ArrayList<>(left.subList(Math.min(each, left.size()), left.size()));
      }
    }
    left.sort(Comparator.comparingDouble(Carried::score));
    return left;
  }

  private double distance(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      double off = one[i] - other[i];
      if (Double.isNaN(off)) {
        sum += Double.isNaN(one[i]) == Double.isNaN(other[i]) ? 0 : 1;
      } else if (spec.space().parameters().get(i) instanceof CategoricalParameter) {
        sum += off == 0 ? 0 : 1;
      } else {
        sum += off * off;
      }
    }
    return sum;
  }

  /** With scores on the scale of the new study; none if a score there is not finite. */
  private List<Carried> placed(List<Carried> trials, Line[] lines) {
    List<Carried> placed = new ArrayList<>();
    for (Carried each : trials) {
      Measurement measurement = each.measurement();
      for (int i = 0; i < lines.length; i++) {
        Goal goal = spec.goals().get(i);
        double value = goal.direction().loss(lines[i].at(each.scores()[i]));
        if (!Double.isFinite(value)) {
          return List.of();
        }
        measurement = measurement.and(goal.metric(), value);
      }
      placed.add(new Carried(each.assignment(), each.point(), measurement, each.scores()));
    }
    return placed;
  }
}
