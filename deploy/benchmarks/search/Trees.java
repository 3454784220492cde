import static org.fettle.search.space.Condition.oneOf;

import java.util.ArrayList;
import java.util.List;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Condition;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;

/** Trees in which the best option does not look it until its own parameters are tuned. */
final class Trees {

  private static final String[] MODELS = {"a", "b", "c", "d"};
  private static final String[] KERNELS = {"p", "q", "r"};

  private Trees() {}

  /** Three models with three kernels each: the best kernel is that of the model worst at first. */
  static Problem nested() {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(CategoricalParameter.of("model", "a", "b", "c"));
    for (int m = 0; m < 3; m++) {
      String model = MODELS[m];
      parameters.add(CategoricalParameter.of(model + "-kernel", "p", "q", "r").when(of(model)));
      parameters.add(DoubleParameter.of(model + "-rate", 1e-4, 1, Scale.LOG).when(of(model)));
      for (String kernel : KERNELS) {
        parameters.add(
            DoubleParameter.of(model + "-" + kernel, 0, 1, Scale.LINEAR)
                .when(oneOf(model + "-kernel", kernel)));
      }
    }
    return Problem.of("nested", 0, space(parameters), Trees::nested);
  }

  private static double nested(Assignment at) {
    int m = "abc".indexOf(at.text("model"));
    String model = MODELS[m];
    int k = "pqr".indexOf(at.text(model + "-kernel"));
    double rate = Math.log10(at.number(model + "-rate")) + new double[] {1.5, 2.5, 1}[m];
    double own = at.number(model + "-" + KERNELS[k]) - new double[] {.3, .75, .45}[(m + k) % 3];
    double height = new double[][] {{.2, .25, .3}, {.15, .35, .3}, {.5, .4, 0}}[m][k];
    double slope = new double[][] {{.3, .3, .5}, {.8, .5, .5}, {.3, .6, 2}}[m][k];
    return height + slope * (.15 * rate * rate + 2 * own * own + .2 * Math.abs(own));
  }

  /** Of three models the one with ten parameters is the best, but only when most are right. */
  static Problem long10() {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(CategoricalParameter.of("model", "short", "middle", "long"));
    parameters.add(unit("short-x", "short"));
    parameters.add(unit("middle-x", "middle"));
    parameters.add(unit("middle-y", "middle"));
    for (int i = 0; i < 10; i++) {
      parameters.add(unit("long-" + i, "long"));
    }
    return Problem.of("long", 0, space(parameters), Trees::longest);
  }

  private static double longest(Assignment at) {
    if (at.text("model").equals("short")) {
      return .3 + square(at.number("short-x") - .4);
    }
    if (at.text("model").equals("middle")) {
      return .2 + square(at.number("middle-x") - .7) + square(at.number("middle-y") - .2);
    }
    double sum = 0;
    for (int i = 0; i < 10; i++) {
      sum += square(at.number("long-" + i) - (.25 + .05 * i)) * (i % 3 == 0 ? 1.5 : .5);
    }
    return sum;
  }

  /** Four models of which two have kernels with parameters, and all share two more. */
  static Problem machines() {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(CategoricalParameter.of("model", "linear", "near", "support", "process"));
    parameters.add(DoubleParameter.of("penalty", 1e-5, 1e2, Scale.LOG));
    parameters.add(unit("share"));
    parameters.add(unit("near-k", "near"));
    for (String model : List.of("support", "process")) {
      parameters.add(
          CategoricalParameter.of(model + "-kernel", "gaussian", "laplacian", "polynomial", "none")
              .when(of(model)));
      parameters.add(
          DoubleParameter.of(model + "-gamma", 1e-4, 10, Scale.LOG)
              .when(oneOf(model + "-kernel", "gaussian", "laplacian")));
      parameters.add(
          DoubleParameter.of(model + "-offset", 0, 4, Scale.LINEAR)
              .when(oneOf(model + "-kernel", "polynomial")));
    }
    return Problem.of("machines", 0, space(parameters), Trees::machines);
  }

  private static double machines(Assignment at) {
    double penalty = Math.log10(at.number("penalty"));
    double share = .1 * square(at.number("share") - .6);
    String model = at.text("model");
    if (model.equals("linear")) {
      return .12 + share + .01 * square(penalty - .5);
    }
    if (model.equals("near")) {
      return .1 + share + .2 * square(at.number("near-k") - .3);
    }
    boolean process = model.equals("process");
    return switch (at.text(model + "-kernel")) {
      case "gaussian", "laplacian" -> {
        boolean laplacian = at.text(model + "-kernel").equals("laplacian");
        double gamma = Math.log10(at.number(model + "-gamma")) + (laplacian ? 2 : 1.2);
        double off = square(gamma) + .3 * square(penalty + gamma + (process ? 3 : 1));
        yield (process ? (laplacian ? 0 : .06) : .05)
            + share
            + (process ? .5 : .3) * (1 - Math.exp(-off / (laplacian ? .6 : 1.5)));
      }
      case "polynomial" ->
          .08 + share + .1 * square(at.number(model + "-offset") - 1.5) + .01 * square(penalty);
      default -> (process ? .35 : .2) + share;
    };
  }

  private static SearchSpace space(List<Parameter> parameters) {
    return SearchSpace.of(parameters.toArray(Parameter[]::new));
  }

  private static Condition of(String model) {
    return oneOf("model", model);
  }

  private static DoubleParameter unit(String name) {
    return DoubleParameter.of(name, 0, 1, Scale.LINEAR);
  }

  private static DoubleParameter unit(String name, String model) {
    return unit(name).when(of(model));
  }

  private static double square(double value) {
    return Classics.square(value);
  }
}
