package org.fettle.search.suggest;

import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;

/**
 * The mixed bowl: a quadratic loss in the logarithm of {@code rate}, in {@code momentum} and in the
 * logarithm of {@code units}, each scaled to its range, plus an offset for the {@code updater}. The
 * optimum, 0, is off the middle of every range and on no grid: rate 10⁻³·⁷, momentum 0.73, units
 * 24, updater "adam".
 */
public final class MixedBowl {

  public static final SearchSpace SPACE =
      SearchSpace.of(
          DoubleParameter.of("rate", 1e-5, 1, Scale.LOG),
          DoubleParameter.of("momentum", 0, 1, Scale.LINEAR),
          IntegerParameter.of("units", 1, 1024, Scale.LOG),
          CategoricalParameter.of("updater", "sgd", "rmsprop", "adam", "adagrad"));

  private MixedBowl() {}

  public static double loss(Assignment assignment) {
    double rate = (StrictMath.log10(assignment.number("rate")) + 3.7) / 5;
    double momentum = assignment.number("momentum") - 0.73;
    double units = StrictMath.log(assignment.integer("units") / 24.0) / StrictMath.log(1024);
    return rate * rate
        + momentum * momentum
        + units * units
        + switch (assignment.text("updater")) {
          case "adam" -> 0;
          case "rmsprop" -> 0.02;
          case "adagrad" -> 0.05;
          default -> 0.1;
        };
  }
}
