package org.fettle.optimizers.dl4j;

import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.optimizers.training.Updater;

/** What a step does to the parameters. */
final class Update {

  private final TrainingSpec spec;
  private final Parameters parameters;
  private final float[] first;
  private final float[] second;
  private int steps;

  Update(TrainingSpec spec, Parameters parameters) {
    this.spec = spec;
    this.parameters = parameters;
    this.first = new float[parameters.length()];
    this.second = new float[parameters.length()];
  }

  void step() {
    steps++;
    float[] values = parameters.values();
    float[] gradients = parameters.gradients();
    float l2 = (float) spec.regularisation().l2();
    for (Block block : parameters.blocks()) {
      int end = block.offset() + block.length();
      if (block.role() == Block.Role.STATISTICS) {
        for (int i = block.offset(); i < end; i++) {
          values[i] -= gradients[i];
        }
        continue;
      }
      if (block.role() == Block.Role.WEIGHTS && l2 > 0) {
        for (int i = block.offset(); i < end; i++) {
          gradients[i] += l2 * values[i];
        }
      }
      step(values, gradients, block.offset(), end);
    }
    parameters.changed();
  }

  private void step(float[] values, float[] gradients, int from, int end) {
    if (spec.updater() instanceof Updater.Sgd sgd) {
      float rate = (float) sgd.learningRate();
      float momentum = (float) sgd.momentum();
      for (int i = from; i < end; i++) {
        first[i] = momentum * first[i] - rate * gradients[i];
        values[i] += momentum * first[i] - rate * gradients[i];
      }
    } else if (spec.updater() instanceof Updater.Adam adam) {
      float b1 = (float) adam.beta1();
      float b2 = (float) adam.beta2();
      double root = Math.sqrt(1 - Math.pow(adam.beta2(), steps));
      float rate = (float) (adam.learningRate() * root / (1 - Math.pow(adam.beta1(), steps)));
      float epsilon = (float) adam.epsilon();
      for (int i = from; i < end; i++) {
        first[i] = b1 * first[i] + (1 - b1) * gradients[i];
        second[i] = b2 * second[i] + (1 - b2) * gradients[i] * gradients[i];
        values[i] -= rate * first[i] / ((float) Math.sqrt(second[i]) + epsilon);
      }
    } else {
      throw new AssertionError(spec.updater());
    }
  }
}
