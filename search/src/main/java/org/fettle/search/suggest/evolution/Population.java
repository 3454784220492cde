package org.fettle.search.suggest.evolution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.fettle.search.numeric.Dominance;

/**
 * The survivors of all trials so far, best front first. Feasible members come before infeasible
 * ones, and of these the one that breaks the constraints less (constrained domination, Deb et al.
 * 2002). Ties follow the order of the trials' ends.
 */
final class Population {

  private final List<Member> members = new ArrayList<>();
  private final List<Integer> ranks = new ArrayList<>();
  private final List<Double> crowding = new ArrayList<>();

  private Population() {}

  static Population of(List<Member> all, int size, Selection selection, Niches niches) {
    Population population = new Population();
    int rank = 0;
    for (List<Member> front : fronts(all)) {
      int room = size - population.size();
      if (room <= 0) {
        break;
      }
      double[][] losses = losses(front);
      double[] crowding = Dominance.crowding(losses);
      int[] chosen = IntStream.range(0, front.size()).toArray();
      if (front.size() > room) {
        chosen =
            selection == Selection.CROWDING
                ? sparsest(crowding, room)
                : niches.thin(losses(population.members), losses, room);
      }
      for (int i : chosen) {
        population.members.add(front.get(i));
        population.ranks.add(rank);
        population.crowding.add(crowding[i]);
      }
      rank++;
    }
    return population;
  }

  private static List<List<Member>> fronts(List<Member> all) {
    List<Member> feasible = all.stream().filter(member -> member.violation() <= 0).toList();
    int[] ranks = Dominance.ranks(losses(feasible));
    List<List<Member>> fronts = new ArrayList<>();
    for (int i = 0; i < ranks.length; i++) {
      while (fronts.size() <= ranks[i]) {
        fronts.add(new ArrayList<>());
      }
      fronts.get(ranks[i]).add(feasible.get(i));
    }
    all.stream()
        .filter(member -> member.violation() > 0)
        .sorted(Comparator.comparingDouble(Member::violation))
        .forEach(member -> fronts.add(List.of(member)));
    return fronts;
  }

  private static int[] sparsest(double[] crowding, int room) {
    return IntStream.range(0, crowding.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -crowding[i]))
        .limit(room)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double[][] losses(List<Member> members) {
    return members.stream().map(Member::losses).toArray(double[][]::new);
  }

  int size() {
    return members.size();
  }

  /** The better of two drawn at random: of the better front, or else less crowded. */
  Member tournament(RandomGenerator random) {
    int one = random.nextInt(members.size());
    int other = random.nextInt(members.size());
    int order = Integer.compare(ranks.get(one), ranks.get(other));
    if (order == 0) {
      order = Double.compare(crowding.get(other), crowding.get(one));
    }
    return members.get(order <= 0 ? one : other);
  }
}
