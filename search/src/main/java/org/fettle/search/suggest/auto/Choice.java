package org.fettle.search.suggest.auto;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.List;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;

/**
 * A suggester by name, and why it was picked.
 *
 * @param reason in words a person understands
 */
public record Choice(String suggester, String reason) {

  /**
   * A Gaussian process's suggestion costs the cube of the trials: about 0.1 s at this many. Up to
   * 400 it was ahead of what comes next on Rosenbrock's and Ackley's functions, and level on
   * others.
   */
  static final int MODELLED_TRIALS = 500;

  /**
   * Beyond so many trials of several goals selection and crossover have caught up with densities,
   * and cost less: level at 1,000 to 2,000 trials on two functions with 8 in flight, behind before.
   */
  static final int SAMPLED_TRIALS = 1_000;

  /** From here on trials end faster than a Gaussian process can suggest them. */
  static final int WIDE_PARALLELISM = 64;

  /** Fronts of more goals hold too many trials for an expected improvement to tell them apart. */
  static final int MODELLED_GOALS = 3;

  public Choice {
    requireNonNull(suggester, "suggester is null");
    requireNonNull(reason, "reason is null");
  }

  /** The suggester of a study's next trial. */
  public static Choice of(History history) {
    StudySpec spec = history.spec();
    if (fewEnough(spec)) {
      return new Choice("grid", "the whole space has no more assignments than there are trials");
    }
    boolean several = spec.goals().size() > 1;
    int trials = history.ended().size();
    if (trials < MODELLED_TRIALS
        && spec.parallelism() < WIDE_PARALLELISM
        && spec.goals().size() <= MODELLED_GOALS) {
      return new Choice("gp", "fewest trials to a good score, while there are fewer than 500");
    }
    if (several) {
      return trials < SAMPLED_TRIALS
          ? new Choice("tpe", "several goals, and many of them, or many trials in flight or ended")
          : new Choice("evolution", "several goals, and more than 1,000 trials");
    }
    return numeric(spec.space().parameters())
        ? new Choice("cmaes", "all parameters are numbers and always active, and trials are many")
        : new Choice("tpe", "choices or conditions, and many trials, in flight or ended");
  }

  /** A stepped or categorical space that the study can try out whole. */
  private static boolean fewEnough(StudySpec spec) {
    return spec.trials().isPresent()
        && spec.space()
            .size()
            .map(size -> size.compareTo(BigInteger.valueOf(spec.trials().getAsInt())) <= 0)
            .orElse(false);
  }

  private static boolean numeric(List<Parameter> parameters) {
    return parameters.stream()
        .allMatch(
            parameter ->
                parameter.condition().parents().isEmpty()
                    && !(parameter instanceof CategoricalParameter));
  }
}
