package org.fettle.search.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.fettle.search.numeric.TreeMarginals;
import org.fettle.search.space.Parameter;

/**
 * How much of a score's variance over the whole space each parameter explains alone, and each pair
 * together beyond that: functional ANOVA. What main effects and interactions leave of 1 is noise
 * and the play of three parameters and more. Shares are means over the trees of a forest, exact for
 * each tree.
 *
 * <p>{@link Importance} asks something else: what sets the best trials apart.
 *
 * <p>F. Hutter, H. Hoos, K. Leyton-Brown, <i>An Efficient Approach for Assessing Hyperparameter
 * Importance</i>, ICML 2014.
 *
 * @param mainEffects the share of each parameter alone, greatest first; all 0 if scores are equal
 * @param interactions the share of each pair, greatest first
 */
public record FunctionalAnova(Map<String, Double> mainEffects, List<Interaction> interactions) {

  /** What two parameters explain together and neither alone. */
  public record Interaction(String first, String second, double share) {}

  public FunctionalAnova {
    mainEffects = Collections.unmodifiableMap(new LinkedHashMap<>(mainEffects));
    interactions = List.copyOf(interactions);
  }

  /** Takes a forest apart. */
  public static FunctionalAnova of(ScoreForest forest) {
    List<String> names = forest.spec().space().parameters().stream().map(Parameter::name).toList();
    List<TreeMarginals> trees =
        forest.trees().stream().filter(tree -> tree.variance() > 0).toList();
    Map<String, Double> shares = new LinkedHashMap<>();
    List<Interaction> pairs = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int one = i;
      shares.put(names.get(i), mean(trees, tree -> tree.variance(one) / tree.variance()));
      for (int j = i + 1; j < names.size(); j++) {
        int other = j;
        double share = mean(trees, tree -> tree.variance(one, other) / tree.variance());
        pairs.add(new Interaction(names.get(i), names.get(j), share));
      }
    }
    Map<String, Double> sorted = new LinkedHashMap<>();
    shares.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    pairs.sort(Comparator.comparingDouble(Interaction::share).reversed());
    return new FunctionalAnova(sorted, pairs);
  }

  private static double mean(List<TreeMarginals> trees, ToDoubleFunction<TreeMarginals> share) {
    return trees.stream().mapToDouble(share).average().orElse(0);
  }
}
