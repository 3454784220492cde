package org.fettle.search.suggest.warmstart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.fettle.search.analysis.Losses;
import org.fettle.search.numeric.NormalDistribution;
import org.fettle.search.numeric.Ranks;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.space.UnitCube;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;

/**
 * A completed trial of an earlier study, as one of another space.
 *
 * @param point in the unit cube of that space; NaN where a parameter is inactive
 * @param scores by goal, the normal quantile of the trial's rank in its own study; low is good
 */
@SuppressWarnings("ArrayRecordComponent") // shared inside the package, never changed
record Carried(Assignment assignment, double[] point, Measurement measurement, double[] scores) {

  /** The mean score: the lower the better. */
  double score() {
    double sum = 0;
    for (double score : scores) {
      sum += score;
    }
    return sum / scores.length;
  }

  /** The trials that can be carried over, best first, and last those that break constraints. */
  static List<Carried> of(History earlier, StudySpec spec) {
    UnitCube cube = new UnitCube(spec.space());
    List<Carried> all = new ArrayList<>();
    for (Trial trial : earlier.completed()) {
      Measurement measurement = trial.completed().orElseThrow();
      Optional<Assignment> moved = moved(trial, spec);
      if (moved.isPresent() && measured(measurement, spec)) {
        double[] point = cube.encode(moved.get());
        all.add(new Carried(moved.get(), point, measurement, new double[spec.goals().size()]));
      }
    }
    for (int i = 0; i < spec.goals().size(); i++) {
      int goal = i;
      double[] losses =
          all.stream().mapToDouble(each -> Losses.of(spec, each.measurement)[goal]).toArray();
      int[] doubledRanks = Ranks.doubled(losses);
      for (int k = 0; k < losses.length; k++) {
        double share = (doubledRanks[k] - 1) / (2.0 * losses.length);
        all.get(k).scores[goal] = NormalDistribution.quantile(share);
      }
    }
    all.sort(
        Comparator.comparing((Carried each) -> Losses.violation(spec, each.measurement) > 0)
            .thenComparingDouble(Carried::score));
    return all;
  }

  private static boolean measured(Measurement measurement, StudySpec spec) {
    return Stream.concat(
            spec.goals().stream().map(goal -> goal.metric()),
            spec.constraints().stream().map(constraint -> constraint.metric()))
        .allMatch(measurement::has);
  }

  /** The assignment in the other space; empty if a value or the combination is not in it. */
  private static Optional<Assignment> moved(Trial trial, StudySpec spec) {
    SearchSpace space = spec.space();
    RandomGenerator random =
        Seeds.generator(spec.seed(), trial.number(), "suggest/warm-start/missing");
    Assignment moved =
        space.assign(
            parameter ->
                trial.assignment().value(parameter.name()).orElseGet(() -> own(parameter, random)));
    boolean shares =
        moved.values().keySet().stream().anyMatch(trial.assignment().values()::containsKey);
    return shares && space.contains(moved) ? Optional.of(space.checked(moved)) : Optional.empty();
  }

  private static Object own(Parameter parameter, RandomGenerator random) {
    double place = random.nextDouble();
    return parameter.defaultValue().orElseGet(() -> parameter.fromUnit(place));
  }
}
