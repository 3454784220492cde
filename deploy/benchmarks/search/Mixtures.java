import static org.fettle.search.space.Condition.oneOf;

import java.util.List;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;

/** Functions of choices, whole numbers, log scales and conditions, as hyperparameters have them. */
final class Mixtures {

  private Mixtures() {}

  /** Every choice moves the optimum of the numbers. */
  static Problem mixed() {
    SearchSpace space =
        SearchSpace.of(
            CategoricalParameter.of("a", "p", "q", "r", "s"),
            CategoricalParameter.of("b", "u", "v", "w"),
            CategoricalParameter.of("k", false, true),
            DoubleParameter.of("rate", 1e-5, 1, Scale.LOG),
            IntegerParameter.of("n", 8, 512, Scale.LOG),
            IntegerParameter.of("m", 1, 6, Scale.LINEAR),
            DoubleParameter.of("z", 0, 1, Scale.LINEAR));
    return Problem.of("mixed", Double.NaN, space, Mixtures::mixed);
  }

  private static double mixed(Assignment at) {
    int a = "pqrs".indexOf(at.text("a"));
    int b = "uvw".indexOf(at.text("b"));
    boolean k = at.flag("k");
    double rate = Math.log10(at.number("rate"));
    double z = at.number("z");
    return .5 * square(rate - new double[] {-3, -2.2, -3.5, -1.5}[a])
        + .1 * square(log2(at.integer("n")) - new double[] {5, 6.5, 8}[b])
        + new double[] {0, .15, .4, .6}[a]
        + new double[] {.2, 0, .3}[b]
        + (k ? 0 : .1)
        + .08 * Math.abs(at.integer("m") - new double[] {2, 4, 5, 3}[a])
        + 1.5 * square(z - (k ? .7 : .2))
        + .3 * square(Math.sin(3 * rate + b)) * (1 - z);
  }

  /** Three optimisers with parameters of their own and nearly equal optima. */
  static Problem tree() {
    SearchSpace space =
        SearchSpace.of(
            CategoricalParameter.of("updater", "adam", "sgd", "rmsprop"),
            DoubleParameter.of("decay", 1e-6, 1e-1, Scale.LOG),
            DoubleParameter.of("adam-rate", 1e-5, 1e-1, Scale.LOG).when(oneOf("updater", "adam")),
            DoubleParameter.of("beta", .5, .999, Scale.LINEAR).when(oneOf("updater", "adam")),
            DoubleParameter.of("sgd-rate", 1e-4, 1, Scale.LOG).when(oneOf("updater", "sgd")),
            DoubleParameter.of("momentum", 0, .99, Scale.LINEAR).when(oneOf("updater", "sgd")),
            CategoricalParameter.of("nesterov", false, true).when(oneOf("updater", "sgd")),
            DoubleParameter.of("rms-rate", 1e-5, 1e-1, Scale.LOG).when(oneOf("updater", "rmsprop")),
            DoubleParameter.of("centre", 0, .5, Scale.LINEAR).when(oneOf("updater", "rmsprop")));
    return Problem.of("tree", 0, space, Mixtures::tree);
  }

  private static double tree(Assignment at) {
    double value = .1 * square(Math.log10(at.number("decay")) + 4);
    if (at.text("updater").equals("adam")) {
      double rate = Math.log10(at.number("adam-rate"));
      return value + .4 * square(rate + 3.3) + 2 * square(at.number("beta") - .85) + .05;
    }
    if (at.text("updater").equals("sgd")) {
      double rate = Math.log10(at.number("sgd-rate"));
      double momentum = at.number("momentum");
      return value
          + .3 * square(rate + 1.2 + .8 * momentum)
          + 1.5 * square(momentum - .8)
          + (at.flag("nesterov") ? 0 : .08);
    }
    double rate = Math.log10(at.number("rms-rate"));
    return value + .5 * square(rate + 3) + square(at.number("centre") - .1) + .15;
  }

  /** The better an option's optimum, the narrower it is: chance favours the worst option. */
  static Problem deceptive() {
    SearchSpace space =
        SearchSpace.of(
            CategoricalParameter.of("model", "wide", "middle", "narrow"),
            unit("wide-x", "wide"),
            unit("wide-y", "wide"),
            unit("middle-x", "middle"),
            unit("middle-y", "middle"),
            unit("narrow-x", "narrow"),
            unit("narrow-y", "narrow"),
            DoubleParameter.of("z", 0, 1, Scale.LINEAR));
    return Problem.of("deceptive", 0, space, Mixtures::deceptive);
  }

  private static DoubleParameter unit(String name, String model) {
    return DoubleParameter.of(name, 0, 1, Scale.LINEAR).when(oneOf("model", model));
  }

  private static double deceptive(Assignment at) {
    String model = at.text("model");
    int i = List.of("wide", "middle", "narrow").indexOf(model);
    double square =
        square(at.number(model + "-x") - new double[] {.3, .6, .8}[i])
            + square(at.number(model + "-y") - new double[] {.5, .25, .35}[i]);
    double width = new double[] {.4, .2, .08}[i];
    return new double[] {.3, .15, 0}[i]
        + (1 - Math.exp(-square / (2 * width * width)))
        + .3 * Math.sqrt(square)
        + .5 * square(at.number("z") - .4);
  }

  /** What a network's loss does as its usual hyperparameters move, cliff of divergence included. */
  static Problem training() {
    SearchSpace space =
        SearchSpace.of(
            DoubleParameter.of("rate", 1e-5, 1, Scale.LOG),
            IntegerParameter.of("batch", 8, 512, Scale.LOG),
            IntegerParameter.of("units", 8, 1024, Scale.LOG),
            IntegerParameter.of("layers", 1, 6, Scale.LINEAR),
            DoubleParameter.of("dropout", 0, .7, Scale.LINEAR),
            DoubleParameter.of("decay", 1e-7, 1e-1, Scale.LOG),
            DoubleParameter.of("friction", .003, .5, Scale.LOG));
    return Problem.of("training", Double.NaN, space, Mixtures::training);
  }

  private static double training(Assignment at) {
    double step =
        Math.log10(at.number("rate") / at.number("friction"))
            - .5 * Math.log10(at.integer("batch") / 64.0)
            + 1.5;
    double capacity = log2(at.integer("units")) + 1.5 * at.integer("layers") - 11;
    double dropout = at.number("dropout");
    double held = Math.exp(-square(dropout - .3) / .05);
    double sum =
        (step > 0 ? .35 * square(step) + .2 * square(square(step)) : .08 * square(step))
            + (capacity < 0 ? .01 * square(capacity) : .004 * square(capacity) * (1 - .8 * held))
            + .15 * square(dropout - .25 - .02 * capacity)
            + .006 * square(Math.log10(at.number("decay")) + 4)
            + .02 * Math.max(0, at.integer("layers") - 3) * Math.max(0, step)
            + .003 * square(log2(at.integer("batch")) - 5);
    return .05 + 2.25 * (1 - Math.exp(-sum));
  }

  /** Many choices that add up, and whole numbers that only some of them want. */
  static Problem pipeline() {
    SearchSpace space =
        SearchSpace.of(
            CategoricalParameter.of("scaler", "a", "b", "c", "d", "e", "f"),
            CategoricalParameter.of("filter", "a", "b", "c", "d"),
            CategoricalParameter.of("loss", "a", "b", "c"),
            IntegerParameter.of("features", 1, 40, Scale.LINEAR),
            IntegerParameter.of("leaf", 1, 100, Scale.LOG),
            DoubleParameter.stepped("share", 0.1, 1, 0.1),
            DoubleParameter.of("shrink", 1e-3, 1, Scale.LOG));
    return Problem.of("pipeline", Double.NaN, space, Mixtures::pipeline);
  }

  private static double pipeline(Assignment at) {
    int scaler = "abcdef".indexOf(at.text("scaler"));
    int filter = "abcd".indexOf(at.text("filter"));
    int loss = "abc".indexOf(at.text("loss"));
    double features = at.integer("features") - new double[] {12, 25, 31, 8}[filter];
    double shrink = Math.log10(at.number("shrink")) + new double[] {1, 1.6, 2.2}[loss];
    return new double[] {.3, .05, .22, 0, .4, .11}[scaler]
        + new double[] {.1, 0, .07, .2}[filter]
        + (scaler == 3 && loss != 1 ? .15 : 0)
        + .002 * features * features
        + .3 * Math.abs(shrink)
        + .05 * square(log2(at.integer("leaf")) - 3 + shrink)
        + .6 * square(at.number("share") - .7);
  }

  /** A choice below a choice, and a branch without parameters that looks good at first. */
  static Problem forest() {
    SearchSpace space =
        SearchSpace.of(
            CategoricalParameter.of("model", "mean", "linear", "boosted"),
            DoubleParameter.of("penalty", 1e-4, 1e2, Scale.LOG).when(oneOf("model", "linear")),
            CategoricalParameter.of("norm", "l1", "l2", "both").when(oneOf("model", "linear")),
            DoubleParameter.of("mix", 0, 1, Scale.LINEAR).when(oneOf("norm", "both")),
            CategoricalParameter.of("booster", "tree", "dart").when(oneOf("model", "boosted")),
            IntegerParameter.of("depth", 1, 12, Scale.LINEAR).when(oneOf("model", "boosted")),
            DoubleParameter.of("shrink", 1e-3, 1, Scale.LOG).when(oneOf("model", "boosted")),
            DoubleParameter.of("skip", 0, .9, Scale.LINEAR).when(oneOf("booster", "dart")));
    return Problem.of("forest", 0, space, Mixtures::forest);
  }

  private static double forest(Assignment at) {
    if (at.text("model").equals("mean")) {
      return .5;
    }
    if (at.text("model").equals("linear")) {
      double penalty = .05 * square(Math.log10(at.number("penalty")) + .5);
      double norm =
          switch (at.text("norm")) {
            case "l1" -> .06;
            case "l2" -> .1;
            default -> .3 * square(at.number("mix") - .35);
          };
      return .22 + penalty + norm;
    }
    double depth = .02 * square(at.integer("depth") - 5 + Math.log10(at.number("shrink")));
    double shrink = .5 * square(Math.log10(at.number("shrink")) + 1);
    boolean tree = at.text("booster").equals("tree");
    return depth + shrink + (tree ? .08 : 4 * square(at.number("skip") - .12));
  }

  private static double square(double value) {
    return Classics.square(value);
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
