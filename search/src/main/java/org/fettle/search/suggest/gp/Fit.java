package org.fettle.search.suggest.gp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fettle.search.numeric.BoundedMinimizer;

/**
 * Hyperparameters of highest posterior density, refitted when the number of rows reaches fixed
 * milestones.
 *
 * <p>A fit at milestone m is a function of the first m rows alone. Its search starts at the prior's
 * mode, with little noise and with much, and at the fit of the greatest power of two below m, which
 * is a milestone too; so a warm start costs a resumed study a chain of log₂ m fits, not of all
 * there were, and gives the same numbers to the last bit as a study that never stopped.
 */
final class Fit {

  private static final int FIRST_ANCHOR = 16;

  private static final double FIRST_NOISE = 1e-3;

  /**
   * From little noise a search often ends at length scales so short that noise looks like
   * structure.
   */
  private static final double HIGH_NOISE = 0.2;

  private final Encoding encoding;
  private final Rows rows;
  private final Map<Integer, Hyperparameters> known;
  private final int most;

  /**
   * Fits to rows in the order in which trials ended.
   *
   * @param known fits by milestone, which is added to
   * @param most of so many rows a fit is made at most
   */
  Fit(Encoding encoding, Rows rows, Map<Integer, Hyperparameters> known, int most) {
    this.encoding = encoding;
    this.rows = rows;
    this.known = known;
    this.most = most;
  }

  /**
   * The last milestone at or before a number of rows: each while they are few, then each 16th part.
   */
  static int milestone(int rows) {
    int step = Math.max(1, Integer.highestOneBit(rows) / 32);
    return rows - rows % step;
  }

  Hyperparameters at(int milestone) {
    Hyperparameters found = known.get(milestone);
    if (found == null) {
      found = fitted(milestone);
      int anchor = Integer.highestOneBit(milestone - 1);
      known.keySet().removeIf(each -> each > anchor && Integer.bitCount(each) > 1);
      known.put(milestone, found);
    }
    return found;
  }

  private Hyperparameters fitted(int milestone) {
    double[] outputs = rows.outputs(milestone);
    List<Integer> chosen = chosen(outputs, most);
    double[][] points = chosen.stream().map(rows::features).toArray(double[][]::new);
    double[] values = chosen.stream().mapToDouble(i -> outputs[i]).toArray();
    Prior prior = Prior.forDimensions(encoding.varying().size());
    Evidence evidence = new Evidence(encoding, points, values, prior);
    List<double[]> starts = new ArrayList<>();
    int anchor = Integer.highestOneBit(milestone - 1);
    if (anchor >= FIRST_ANCHOR) {
      starts.add(variables(at(anchor)));
    }
    double[] start = new double[evidence.variables()];
    Arrays.fill(start, StrictMath.log(prior.commonScale()));
    start[start.length - 1] = StrictMath.log(FIRST_NOISE);
    starts.add(start);
    double[] noisy = start.clone();
    noisy[noisy.length - 1] = StrictMath.log(Math.min(rows.highestNoise(), HIGH_NOISE));
    starts.add(noisy);
    BoundedMinimizer.Minimum best =
        starts.stream()
            .map(from -> search(evidence, from))
            .min(Comparator.comparingDouble(BoundedMinimizer.Minimum::value))
            .orElseThrow();
    return evidence.hyperparameters(best.point());
  }

  private BoundedMinimizer.Minimum search(Evidence evidence, double[] start) {
    double[] low = new double[start.length];
    double[] high = new double[start.length];
    Arrays.fill(low, StrictMath.log(Prior.SHORTEST));
    Arrays.fill(high, StrictMath.log(Prior.LONGEST));
    low[low.length - 1] = StrictMath.log(Prior.LOWEST_NOISE);
    high[high.length - 1] = StrictMath.log(rows.highestNoise());
    return BoundedMinimizer.minimize(evidence, start, low, high, 1e-2, 40);
  }

  private double[] variables(Hyperparameters hyperparameters) {
    List<Integer> varying = encoding.varying();
    double[] variables = new double[varying.size() + 1];
    for (int v = 0; v < varying.size(); v++) {
      variables[v] = StrictMath.log(hyperparameters.lengthScales()[varying.get(v)]);
    }
    variables[varying.size()] = StrictMath.log(hyperparameters.noise());
    return variables;
  }

  /** The best quarter, and the others evenly thinned, in the order of the rows. */
  static List<Integer> chosen(double[] outputs, int most) {
    int n = outputs.length;
    if (n <= most) {
      return IntStream.range(0, n).boxed().toList();
    }
    List<Integer> byOutput =
        IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> outputs[i])).toList();
    int best = most / 4;
    boolean[] taken = new boolean[n];
    byOutput.subList(0, best).forEach(i -> taken[i] = true);
    int[] others = IntStream.range(0, n).filter(i -> !taken[i]).toArray();
    for (int k = 0; k < most - best; k++) {
      taken[others[(int) ((long) k * others.length / (most - best))]] = true;
    }
    return IntStream.range(0, n).filter(i -> taken[i]).boxed().toList();
  }
}
