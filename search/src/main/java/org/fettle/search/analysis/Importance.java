package org.fettle.search.analysis;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fettle.search.numeric.ScottParzen;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;

/**
 * Which parameters decided whether a trial was among the best: PED-ANOVA. A parameter matters as
 * far as its values in the best trials are distributed otherwise than in all (Pearson's
 * divergence). A conditional parameter is judged among the trials where it is active, and counts as
 * often as it was.
 *
 * <p>S. Watanabe, A. Bansal, F. Hutter, <i>PED-ANOVA: Efficiently Quantifying Hyperparameter
 * Importance in Arbitrary Subspaces</i>, IJCAI 2023, arXiv 2304.10255.
 */
public final class Importance {

  /** The share of the trials that count as the best; the paper's and Optuna's. */
  public static final double TOP = 0.1;

  /** Into so many cells a continuous parameter is cut; Optuna's. */
  private static final int CELLS = 50;

  /** With fewer there is no difference between the best and all. */
  private static final int FEWEST = 2;

  private Importance() {}

  /**
   * The share of each parameter in the first goal, greatest first; they sum up to 1, or are all 0
   * where no parameter shows a difference.
   */
  public static Map<String, Double> of(History history) {
    return of(history, history.spec().goal());
  }

  /** The same for another goal. */
  public static Map<String, Double> of(History history, Goal goal) {
    List<Parameter> parameters = history.spec().space().parameters();
    List<Trial> ranked =
        history.completed().stream()
            .sorted(
                Comparator.comparingDouble(
                    trial ->
                        goal.direction()
                            .loss(trial.completed().orElseThrow().value(goal.metric()))))
            .toList();
    Map<String, Double> divergences = new LinkedHashMap<>();
    double sum = 0;
    for (Parameter parameter : parameters) {
      double divergence = divergence(parameter, ranked);
      divergences.put(parameter.name(), divergence);
      sum += divergence;
    }
    double total = sum == 0 ? 1 : sum;
    Map<String, Double> shares = new LinkedHashMap<>();
    divergences.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(entry -> shares.put(entry.getKey(), entry.getValue() / total));
    return shares;
  }

  private static double divergence(Parameter parameter, List<Trial> ranked) {
    List<Object> values =
        ranked.stream()
            .flatMap(trial -> trial.assignment().value(parameter.name()).stream())
            .toList();
    int top = (int) Math.ceil(TOP * values.size());
    if (values.size() < FEWEST || parameter.cardinality().orElse(CELLS) == 1) {
      return 0;
    }
    double[] best = density(parameter, values.subList(0, Math.max(FEWEST, top)));
    double[] all = density(parameter, values);
    double divergence = 0;
    for (int i = 0; i < all.length; i++) {
      double off = best[i] / all[i] - 1;
      divergence += all[i] * off * off;
    }
    return divergence * values.size() / ranked.size();
  }

  private static double[] density(Parameter parameter, List<Object> values) {
    int cells =
        parameter instanceof CategoricalParameter categorical
            ? categorical.choices().size()
            : (int) Math.min(CELLS, parameter.cardinality().orElse(CELLS));
    int[] counts = new int[cells];
    for (Object value : values) {
      counts[Math.min(cells - 1, (int) (parameter.toUnit(value) * cells))]++;
    }
    return parameter instanceof CategoricalParameter
        ? ScottParzen.unordered(counts)
        : ScottParzen.ordered(counts);
  }
}
