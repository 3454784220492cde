package org.fettle.search.suggest;

/**
 * Whether an option of a tree, such as a kind of model, is worth more trials of its own although
 * another is ahead. An option is as good as its best trial will be once it is tuned, which the
 * trials it had by chance do not tell. So it gets some trials in any case, and more for as long as
 * they bring it on fast enough to catch up.
 *
 * <p>The idea is that of Y. Li et al., <i>Efficient Automatic CASH via Rising Bandits</i>, AAAI
 * 2020: the best loss of an option falls ever more slowly, so that what it gained lately bounds
 * what it is going to gain.
 */
public final class Prospects {

  /** Trials that an option gets in any case, beyond one for each of its parameters. */
  private static final int LEAST = 5;

  /**
   * The trials of a study at which those in any case are as many; they grow with their logarithm.
   */
  private static final double FIRST = 32;

  /** Of its distance from the best, an option is to have made good so much lately. */
  private static final double SHARE = 0.5;

  private Prospects() {}

  /**
   * Whether to look for what is best in an option.
   *
   * @param losses of the option's trials, in the order of their ends
   * @param begun trials of the option, with those that run or could not be evaluated
   * @param parameters that are to be tuned in the option
   * @param best loss of all options; infinite if none is known
   * @param trials of all options
   */
  public static boolean promising(
      double[] losses, int begun, int parameters, double best, int trials) {
    double growth = Math.max(1, StrictMath.log(trials / FIRST) / StrictMath.log(2));
    if (begun < (parameters + LEAST) * growth) {
      return true;
    }
    double lately = Double.POSITIVE_INFINITY;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < losses.length; i++) {
      least = Math.min(least, losses[i]);
      lately = i < (losses.length + 1) / 2 ? least : lately;
    }
    return least > best && lately - least >= SHARE * (least - best);
  }
}
