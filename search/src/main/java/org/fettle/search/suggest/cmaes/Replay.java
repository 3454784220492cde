package org.fettle.search.suggest.cmaes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.fettle.search.numeric.NormalDistribution;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.UnitCube;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;

/**
 * Builds the state of the strategy from a history: trials count in the order of their ends, every
 * {@code population} of them a generation, drawn from whichever earlier generation. Failed trials
 * are passed over.
 */
final class Replay {

  /**
   * A generation for each quarter of what is in flight: fewer and larger ones learn more slowly
   * than outdated points mislead.
   */
  private static final int IN_FLIGHT = 4;

  private final StudySpec spec;
  private final Knobs knobs;
  private final UnitCube cube;
  private final Axes axes;
  private final int first;
  private final long[] spent = new long[2];
  private final List<Double> bests = new ArrayList<>();
  private Strategy strategy;
  private Shape shape;
  private Odds odds;
  private boolean large = true;
  private int runs;
  private int doublings;

  Replay(History history, Knobs knobs) {
    this.spec = history.spec();
    this.knobs = knobs;
    this.cube = new UnitCube(spec.space());
    this.axes = new Axes(spec.space());
    int dimensions = Math.max(1, axes.dimensions());
    this.first =
        knobs
            .population()
            .orElse(Math.max(Strategy.population(dimensions), spec.parallelism() / IN_FLIGHT));
    this.strategy = Strategy.of(dimensions, first);
    this.shape = middle(strategy);
    this.odds = new Odds(axes);
    run(history);
  }

  private Shape middle(Strategy strategy) {
    double[] mean = new double[axes.dimensions()];
    Arrays.fill(mean, 0.5);
    return Shape.round(strategy, mean, knobs.step());
  }

  private void run(History history) {
    List<Trial> others = new ArrayList<>();
    List<Trial> generation = new ArrayList<>();
    boolean begun = false;
    for (int number : history.ended()) {
      Trial trial = history.trial(number);
      if (trial.state() == TrialState.FAILED) {
        continue;
      }
      if (trial.origin().equals(CmaesSuggester.NAME)) {
        if (!begun) {
          start(others);
          begun = true;
        }
        generation.add(trial);
        if (generation.size() == strategy.population()) {
          adapt(generation);
          generation.clear();
        }
      } else {
        others.add(trial);
      }
    }
    if (!begun) {
      start(others);
    }
  }

  private void start(List<Trial> others) {
    List<double[]> points =
        others.stream()
            .filter(trial -> trial.completed().isPresent())
            .sorted(Comparator.comparing(trial -> Ranked.of(spec, trial)))
            .map(trial -> axes.ordered(cube.encode(trial.assignment())))
            .toList();
    if (knobs.warmStart() && axes.dimensions() > 0 && points.size() >= Source.FEWEST) {
      shape = Source.shape(strategy, points);
    }
    margin();
  }

  private void margin() {
    if (axes.dimensions() > 0) {
      new Margin(axes, strategy.population()).keep(shape);
    }
  }

  private void adapt(List<Trial> generation) {
    List<Trial> ranked = new ArrayList<>(generation);
    ranked.sort(Comparator.comparing(trial -> Ranked.of(spec, trial)));
    List<double[]> points = new ArrayList<>();
    double[][] ordered = new double[ranked.size()][];
    for (int i = 0; i < ordered.length; i++) {
      points.add(cube.encode(ranked.get(i).assignment()));
      ordered[i] = filled(axes.ordered(points.get(i)), ranked.get(i).number());
    }
    odds.adapt(points, strategy.weights());
    if (axes.dimensions() > 0) {
      shape.adapt(ordered);
      margin();
    }
    Ranked best = Ranked.of(spec, ranked.get(0));
    bests.add(best.kind() == 0 ? best.value() : Double.MAX_VALUE);
    spent[large ? 0 : 1] += ranked.size();
    if (knobs.restarts() != Restarts.NONE && ended()) {
      restart();
    }
  }

  /** Where a parameter was inactive the distribution keeps its spread by a draw of its own. */
  private double[] filled(double[] point, int number) {
    for (int i = 0; i < point.length; i++) {
      if (Double.isNaN(point[i])) {
        RandomGenerator random =
            Seeds.generator(spec.seed(), number, "suggest/cmaes/inactive/" + i);
        point[i] = shape.mean[i] + shape.deviation(i) * NormalDistribution.draw(random);
      }
    }
    return point;
  }

  /** The criteria of the restart papers: the steps are tiny, or nothing has changed for long. */
  private boolean ended() {
    double longest = 0;
    for (int i = 0; i < shape.mean.length; i++) {
      longest = Math.max(longest, shape.deviation(i));
    }
    int patience = 10 + (int) Math.ceil(30.0 * shape.mean.length / strategy.population());
    boolean flat =
        bests.size() >= patience
            && bests.subList(bests.size() - patience, bests.size()).stream().distinct().count()
                == 1;
    return longest < knobs.tolerance() || shape.elongation() > 1e7 || flat;
  }

  private void restart() {
    runs++;
    RandomGenerator random = Seeds.generator(spec.seed(), runs, "suggest/cmaes/restart");
    Restarts.Run run = knobs.restarts().next(first, knobs.step(), doublings, spent, random);
    large = run.large();
    doublings += large ? 1 : 0;
    strategy = Strategy.of(strategy.dimensions(), run.population());
    double[] mean = new double[axes.dimensions()];
    Arrays.setAll(mean, i -> random.nextDouble());
    shape = Shape.round(strategy, mean, run.sigma());
    odds = new Odds(axes);
    bests.clear();
    margin();
  }

  Shape shape() {
    return shape;
  }

  /** A point of the unit cube, drawn again while it lies outside, and then cut. */
  double[] draw(RandomGenerator random) {
    double[] part = shape.draw(random);
    for (int i = 0; i < 10 * part.length && outside(part); i++) {
      part = shape.draw(random);
    }
    double[] point = axes.point(part);
    for (int i = 0; i < point.length; i++) {
      point[i] = Math.max(0, Math.min(1, point[i]));
    }
    odds.draw(point, random);
    return point;
  }

  private static boolean outside(double[] part) {
    return Arrays.stream(part).anyMatch(x -> x < 0 || x > 1);
  }
}
