package org.fettle.search.suggest.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Thins a front by directions that are spread over all trade-offs between the goals: those members
 * stay that are alone near a direction. Losses are scaled by the range of what is chosen from.
 *
 * <p>K. Deb, H. Jain, <i>An Evolutionary Many-Objective Optimization Algorithm Using
 * Reference-Point Based Nondominated Sorting Approach, Part I</i>, 2014,
 * doi:10.1109/TEVC.2013.2281535; directions by I. Das, J. E. Dennis, 1998,
 * doi:10.1137/S1052623496307510.
 */
final class Niches {

  private final double[][] directions;
  private final RandomGenerator random;

  Niches(int goals, int divisions, RandomGenerator random) {
    List<double[]> all = new ArrayList<>();
    spread(new double[goals], 0, divisions, divisions, all);
    this.directions = all.toArray(double[][]::new);
    this.random = random;
  }

  /** All points whose coordinates are whole parts of {@code divisions} and sum up to 1. */
  private static void spread(
      double[] point, int place, int left, int divisions, List<double[]> all) {
    if (place == point.length - 1) {
      point[place] = (double) left / divisions;
      all.add(point.clone());
      return;
    }
    for (int part = 0; part <= left; part++) {
      point[place] = (double) part / divisions;
      spread(point, place + 1, left - part, divisions, all);
    }
  }

  double[][] directions() {
    return directions;
  }

  /** The places in the front of {@code room} members that stay, beside those kept already. */
  int[] thin(double[][] kept, double[][] front, int room) {
    double[][] all = scaled(kept, front);
    int[] counts = new int[directions.length];
    for (int i = 0; i < kept.length; i++) {
      counts[nearest(all[i])]++;
    }
    int[] niche = new int[front.length];
    Arrays.setAll(niche, i -> nearest(all[kept.length + i]));
    boolean[] chosen = new boolean[front.length];
    int[] places = new int[room];
    for (int taken = 0; taken < room; taken++) {
      int direction = emptiest(counts, niche, chosen);
      places[taken] = pick(direction, counts[direction] == 0, niche, chosen, all, kept.length);
      chosen[places[taken]] = true;
      counts[direction]++;
    }
    return places;
  }

  /** A direction with the fewest members among those that still have candidates. */
  private int emptiest(int[] counts, int[] niche, boolean[] chosen) {
    int best = -1;
    int ties = 0;
    boolean[] seen = new boolean[counts.length];
    for (int i = 0; i < niche.length; i++) {
      int direction = niche[i];
      if (chosen[i] || seen[direction]) {
        continue;
      }
      seen[direction] = true;
      if (best < 0 || counts[direction] < counts[best]) {
        best = direction;
        ties = 1;
      } else if (counts[direction] == counts[best] && random.nextInt(++ties) == 0) {
        best = direction;
      }
    }
    return best;
  }

  /** The candidate nearest to a direction that has none yet, or any. */
  private int pick(
      int direction, boolean first, int[] niche, boolean[] chosen, double[][] all, int offset) {
    int best = -1;
    int ties = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < niche.length; i++) {
      if (chosen[i] || niche[i] != direction) {
        continue;
      }
      double distance = first ? distance(all[offset + i], directions[direction]) : 0;
      if (best < 0 || distance < least) {
        best = i;
        least = distance;
        ties = 1;
      } else if (distance == least && random.nextInt(++ties) == 0) {
        best = i;
      }
    }
    return best;
  }

  private int nearest(double[] point) {
    int best = 0;
    for (int i = 1; i < directions.length; i++) {
      if (distance(point, directions[i]) < distance(point, directions[best])) {
        best = i;
      }
    }
    return best;
  }

  /** Squared distance of a point from the line through the origin. */
  private static double distance(double[] point, double[] direction) {
    double along = 0;
    double square = 0;
    double length = 0;
    for (int i = 0; i < point.length; i++) {
      along += point[i] * direction[i];
      square += direction[i] * direction[i];
      length += point[i] * point[i];
    }
    return length - along * along / square;
  }

  private static double[][] scaled(double[][] kept, double[][] front) {
    double[][] all = new double[kept.length + front.length][];
    Arrays.setAll(all, i -> (i < kept.length ? kept[i] : front[i - kept.length]).clone());
    for (int goal = 0; goal < all[0].length; goal++) {
      int by = goal;
      double least = Arrays.stream(all).mapToDouble(point -> point[by]).min().orElseThrow();
      double most = Arrays.stream(all).mapToDouble(point -> point[by]).max().orElseThrow();
      // Halves, so that a range near the largest double does not overflow.
      double range = most > least ? most / 2 - least / 2 : 1;
      for (double[] point : all) {
        point[goal] = (point[goal] / 2 - least / 2) / range;
      }
    }
    return all;
  }
}
