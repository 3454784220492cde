package org.fettle.search.suggest.gp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.fettle.search.numeric.BoundedMinimizer;
import org.fettle.search.numeric.NormalDistribution;
import org.fettle.search.space.Assignment;

/**
 * Looks for the points of highest acquisition: scores points drawn from the whole region and around
 * good trials, and climbs from the best of both, by gradient in the continuous parameters and value
 * by value in the others, in turns.
 */
final class AcquisitionSearch {

  private static final int ROUNDS = 4;
  private static final int ITERATIONS = 40;

  // A prediction costs the square of the rows; these keep a suggestion at 1,000 rows near 0.2 s.
  private static final int CANDIDATE_ROWS = 128_000;
  private static final int START_ROWS = 2_000;
  private static final int EXCHANGE_ROWS = 200_000;

  /** Of categorical choices and other values, so many are tried in one turn. */
  private static final int MOVES = 16;

  private final Encoding encoding;
  private final Acquisition acquisition;
  private final double[] lengthScales;
  private final List<double[]> good;
  private final Region region;
  private final int rows;
  private final RandomGenerator random;

  AcquisitionSearch(Encoding encoding, Acquisitions.Aim aim, RandomGenerator random) {
    this.encoding = encoding;
    this.acquisition = aim.acquisition();
    this.lengthScales = aim.lengthScales();
    this.good = aim.good();
    this.region = aim.region();
    this.rows = aim.rows();
    this.random = random;
  }

  /**
   * Returns candidates, the best first.
   *
   * @param candidates how many points are scored before the climb, fewer where there are many rows
   * @param most from how many of them the search climbs, fewer where there are many rows
   */
  List<Candidate> best(int candidates, int most) {
    int drawn = Math.max(64, Math.min(candidates, CANDIDATE_ROWS / rows));
    int starts = Math.max(2, Math.min(most, START_ROWS / rows));
    List<Candidate> whole = new ArrayList<>();
    List<Candidate> near = new ArrayList<>();
    for (int i = 0; i < drawn / 2; i++) {
      candidate(uniform()).ifPresent(whole::add);
      if (!good.isEmpty()) {
        candidate(around(good.get(i % good.size()))).ifPresent(near::add);
      }
    }
    Comparator<Candidate> order = Comparator.comparingDouble(each -> -each.worth());
    whole.sort(order);
    near.sort(order);
    List<Candidate> climbed = new ArrayList<>();
    int exchanges = EXCHANGE_ROWS / rows / starts;
    for (int i = 0; i < starts; i++) {
      List<Candidate> from = i % 2 == 0 || near.isEmpty() ? whole : near;
      if (i / 2 < from.size()) {
        climbed.add(climb(from.get(i / 2), exchanges));
      }
    }
    climbed.sort(order);
    whole.addAll(near);
    whole.sort(order);
    climbed.addAll(whole);
    return climbed;
  }

  private double[] uniform() {
    double[] place = new double[encoding.dimensions()];
    for (int i = 0; i < place.length; i++) {
      place[i] = region.at(i, random.nextDouble());
    }
    return place;
  }

  /** Moves some dimensions of a good point, each at least by chance, by steps of many lengths. */
  private double[] around(double[] good) {
    double[] place = filled(good);
    int dimensions = place.length;
    double chance = Math.max(2.0 / dimensions, random.nextDouble());
    double spread = 0.5 * StrictMath.exp(-5 * random.nextDouble());
    for (int i = 0; i < dimensions; i++) {
      if (random.nextDouble() < chance) {
        if (encoding.categorical(i)) {
          place[i] = region.at(i, random.nextDouble());
        } else {
          double step = NormalDistribution.quantile(random.nextDouble(0x1p-53, 1));
          place[i] = region.clipped(i, reflected(place[i] + spread * step));
        }
      }
    }
    return place;
  }

  private static double reflected(double place) {
    double once = place < 0 ? -place : place > 1 ? 2 - place : place;
    return Math.max(0, Math.min(1, once));
  }

  private double[] filled(double[] point) {
    double[] place = point.clone();
    for (int i = 0; i < place.length; i++) {
      if (Double.isNaN(place[i])) {
        place[i] = random.nextDouble();
      }
    }
    return place;
  }

  /** The candidate at a place, moved to the nearest values; empty if it is forbidden. */
  private Optional<Candidate> candidate(double[] place) {
    Assignment assignment = encoding.assignment(place);
    if (!encoding.allowed(assignment)) {
      return Optional.empty();
    }
    double[] point = encoding.point(assignment);
    double[] snapped = place.clone();
    for (int i = 0; i < snapped.length; i++) {
      snapped[i] = Double.isNaN(point[i]) ? place[i] : point[i];
    }
    double worth = acquisition.at(encoding.features(point));
    return Optional.of(new Candidate(snapped, point, assignment, worth));
  }

  /** Climbs in turns, until values have been exchanged about so often. */
  private Candidate climb(Candidate start, int exchanges) {
    Candidate best = start;
    int left = exchanges;
    for (int round = 0; round < ROUNDS; round++) {
      Candidate before = best;
      best = ascend(best);
      for (int dimension : encoding.varying()) {
        if (!encoding.continuous(dimension)
            && region.open(dimension)
            && left > 0
            && !Double.isNaN(best.point()[dimension])) {
          best = exchange(best, dimension);
          left -= Math.min(MOVES, encoding.valuePlaces(dimension).length);
        }
      }
      if (best.worth() - before.worth() < 1e-3 || encoding.smooth()) {
        break;
      }
    }
    return best;
  }

  /** Climbs by gradient in the active continuous dimensions, in units of their length scales. */
  private Candidate ascend(Candidate from) {
    int[] free =
        encoding.varying().stream()
            .mapToInt(Integer::intValue)
            .filter(i -> encoding.continuous(i) && !Double.isNaN(from.point()[i]))
            .toArray();
    if (free.length == 0) {
      return from;
    }
    double[] start = new double[free.length];
    double[] low = new double[free.length];
    double[] high = new double[free.length];
    double[] unit = new double[free.length];
    for (int v = 0; v < free.length; v++) {
      unit[v] = Math.max(0.01, Math.min(2, lengthScales[free[v]]));
      start[v] = from.point()[free[v]] / unit[v];
      low[v] = region.low()[free[v]] / unit[v];
      high[v] = region.high()[free[v]] / unit[v];
    }
    double[] point = from.point().clone();
    double[] byColumn = new double[encoding.columns().size()];
    BoundedMinimizer.Function descent =
        (variables, gradient) -> {
          for (int v = 0; v < free.length; v++) {
            point[free[v]] = variables[v] * unit[v];
          }
          double worth = acquisition.at(encoding.features(point));
          java.util.Arrays.fill(byColumn, 0);
          acquisition.addGradient(byColumn);
          for (int v = 0; v < free.length; v++) {
            gradient[v] = -byColumn[encoding.place(free[v])] * unit[v];
          }
          return -worth;
        };
    BoundedMinimizer.Minimum minimum =
        BoundedMinimizer.minimize(descent, start, low, high, 1e-3, ITERATIONS);
    double[] place = from.place().clone();
    for (int v = 0; v < free.length; v++) {
      place[free[v]] = region.clipped(free[v], minimum.point()[v] * unit[v]);
    }
    return better(from, candidate(place));
  }

  private static Candidate better(Candidate from, Optional<Candidate> other) {
    return other.isPresent() && other.get().worth() > from.worth() ? other.get() : from;
  }

  /** Tries other values of one dimension. */
  private Candidate exchange(Candidate from, int dimension) {
    double[] places = encoding.valuePlaces(dimension);
    Candidate best = from;
    int first = places.length <= MOVES ? 0 : random.nextInt(places.length);
    for (int i = 0; i < Math.min(MOVES, places.length); i++) {
      double other = places[(first + i) % places.length];
      if (other != from.place()[dimension]) {
        double[] place = from.place().clone();
        place[dimension] = other;
        best = better(best, candidate(place));
      }
    }
    return best;
  }
}
