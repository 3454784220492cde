package org.fettle.optimizers.training;

/** The formulas of {@link Updater}, parameter by parameter in doubles, with α times a factor. */
public final class UpdaterReference {

  private final Updater updater;
  private final double[] first;
  private final double[] second;
  private final double[] third;
  private int step;
  private double product = 1;

  public UpdaterReference(Updater updater, int parameters) {
    this.updater = updater;
    first = new double[parameters];
    second = new double[parameters];
    third = new double[parameters];
  }

  /** Changes the parameters by a step; what {@code adamw} takes off beside it is not here. */
  public void step(double[] parameters, double[] gradient, double factor) {
    step++;
    if (updater instanceof Updater.Nadam nadam) {
      product *= momentum(nadam, step);
    }
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] -= change(i, gradient[i], updater.learningRate() * factor);
    }
  }

  private double change(int i, double g, double rate) {
    if (updater instanceof Updater.GradientDescent) {
      return rate * g;
    }
    if (updater instanceof Updater.Sgd sgd) {
      first[i] = sgd.momentum() * first[i] - rate * g;
      return rate * g - sgd.momentum() * first[i];
    }
    if (updater instanceof Updater.Momentum classical) {
      first[i] = classical.momentum() * first[i] - rate * g;
      return -first[i];
    }
    if (updater instanceof Updater.Nesterov nesterov) {
      first[i] = nesterov.momentum() * first[i] - rate * g;
      return rate * g - nesterov.momentum() * first[i];
    }
    if (updater instanceof Updater.Adam adam) {
      return adam(i, g, rate, adam.beta1(), adam.beta2(), adam.epsilon());
    }
    if (updater instanceof Updater.AdamW adam) {
      return adam(i, g, rate, adam.beta1(), adam.beta2(), adam.epsilon());
    }
    if (updater instanceof Updater.AmsGrad adam) {
      first[i] = adam.beta1() * first[i] + (1 - adam.beta1()) * g;
      second[i] = adam.beta2() * second[i] + (1 - adam.beta2()) * g * g;
      third[i] = Math.max(third[i], second[i]);
      double scale = Math.sqrt(corrected(third[i], adam.beta2())) + adam.epsilon();
      return rate * corrected(first[i], adam.beta1()) / scale;
    }
    if (updater instanceof Updater.Nadam nadam) {
      first[i] = nadam.beta1() * first[i] + (1 - nadam.beta1()) * g;
      second[i] = nadam.beta2() * second[i] + (1 - nadam.beta2()) * g * g;
      double now = momentum(nadam, step);
      double next = momentum(nadam, step + 1);
      double mean = next * first[i] / (1 - product * next) + (1 - now) * g / (1 - product);
      return rate * mean / (Math.sqrt(corrected(second[i], nadam.beta2())) + nadam.epsilon());
    }
    if (updater instanceof Updater.AdaMax adam) {
      first[i] = adam.beta1() * first[i] + (1 - adam.beta1()) * g;
      second[i] = Math.max(adam.beta2() * second[i], Math.abs(g) + adam.epsilon());
      return rate * corrected(first[i], adam.beta1()) / second[i];
    }
    if (updater instanceof Updater.RmsProp prop) {
      first[i] = prop.rho() * first[i] + (1 - prop.rho()) * g * g;
      return rate * g / (Math.sqrt(first[i]) + prop.epsilon());
    }
    if (updater instanceof Updater.AdaGrad grad) {
      first[i] += g * g;
      return rate * g / (Math.sqrt(first[i]) + grad.epsilon());
    }
    if (updater instanceof Updater.AdaDelta delta) {
      first[i] = delta.rho() * first[i] + (1 - delta.rho()) * g * g;
      double change =
          Math.sqrt(second[i] + delta.epsilon()) / Math.sqrt(first[i] + delta.epsilon()) * g;
      second[i] = delta.rho() * second[i] + (1 - delta.rho()) * change * change;
      return rate * change;
    }
    throw new AssertionError(updater);
  }

  private double adam(int i, double g, double rate, double beta1, double beta2, double epsilon) {
    first[i] = beta1 * first[i] + (1 - beta1) * g;
    second[i] = beta2 * second[i] + (1 - beta2) * g * g;
    return rate * corrected(first[i], beta1) / (Math.sqrt(corrected(second[i], beta2)) + epsilon);
  }

  private double corrected(double mean, double beta) {
    return mean / (1 - Math.pow(beta, step));
  }

  private static double momentum(Updater.Nadam nadam, int step) {
    return nadam.beta1() * (1 - 0.5 * Math.pow(0.96, 0.004 * step));
  }
}
