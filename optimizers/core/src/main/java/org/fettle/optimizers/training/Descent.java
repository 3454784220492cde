package org.fettle.optimizers.training;

import static org.fettle.optimizers.training.ParameterBlock.Role.STATISTICS;
import static org.fettle.optimizers.training.ParameterBlock.Role.WEIGHTS;

import java.util.List;

/**
 * The parameters of a network in training, and what a step does to them: penalty, clipping, decay,
 * update, bound. The same arithmetic for every engine: an engine fills {@link #gradients()}, calls
 * {@link #step} and takes the {@link #parameters()} back. For one thread.
 */
public final class Descent {

  /** How many numbers an updater keeps besides arrays. */
  public static final int NUMBERS = UpdaterState.NUMBERS;

  private final Updater updater;
  private final Regularisation regularisation;
  private final Clipping clipping;
  private final List<ParameterBlock> blocks;
  private final float[] parameters;
  private final float[] gradients;
  private final UpdaterState state;

  /**
   * Before the first step.
   *
   * @param blocks all of the parameters, in order and without gaps
   * @param parameters to begin with; changed in place
   */
  public Descent(TrainingSpec spec, List<ParameterBlock> blocks, float[] parameters) {
    this.updater = spec.updater();
    this.regularisation = spec.regularisation();
    this.clipping = spec.clipping();
    this.blocks = List.copyOf(blocks);
    this.parameters = parameters;
    this.gradients = new float[parameters.length];
    this.state = new UpdaterState(updater, parameters.length);
    int end = 0;
    for (ParameterBlock block : blocks) {
      if (block.offset() != end) {
        throw new IllegalArgumentException(
            "Block must begin at %d, where the last one ends, but was %s".formatted(end, block));
      }
      end = block.end();
    }
    if (end != parameters.length) {
      throw new IllegalArgumentException(
          "Blocks must have all %d parameters, but had %d".formatted(parameters.length, end));
    }
  }

  /** The array itself. */
  public float[] parameters() {
    return parameters;
  }

  /** The array itself, to be filled with the gradient of a batch's mean loss without penalty. */
  public float[] gradients() {
    return gradients;
  }

  /**
   * One step along the gradients, which are not to be used after it.
   *
   * @param factor by which the schedule multiplies the learning rate in this step
   */
  public void step(double factor) {
    state.advance();
    double rate = updater.learningRate() * factor;
    addPenalty();
    clip();
    decay(rate * (updater.weightDecay() + regularisation.weightDecay()));
    Updater.Kernel kernel = updater.kernel(state, rate);
    int from = 0;
    for (ParameterBlock block : blocks) {
      // Neighbours that are learnt are updated together.
      if (block.role() == STATISTICS) {
        kernel.apply(parameters, gradients, from, block.offset());
        for (int i = block.offset(); i < block.end(); i++) {
          parameters[i] -= gradients[i];
        }
        from = block.end();
      }
    }
    kernel.apply(parameters, gradients, from, parameters.length);
    bound();
  }

  /** Copies of what the updater keeps for each parameter. */
  public List<float[]> arrays() {
    return state.arrays();
  }

  /** What the updater keeps besides: {@link #NUMBERS} of them. */
  public double[] numbers() {
    return state.numbers();
  }

  /** Goes on from there. */
  public void restore(float[] from, List<float[]> arrays, double[] numbers) {
    System.arraycopy(from, 0, parameters, 0, parameters.length);
    state.restore(arrays, numbers);
  }

  /** Gives all of several replicas the mean of their parameters and of their updaters' state. */
  public static void average(List<Descent> replicas) {
    Averages.average(replicas.stream().map(Descent::parameters).toList());
    UpdaterState.average(replicas.stream().map(replica -> replica.state).toList());
  }

  private void addPenalty() {
    float l1 = (float) regularisation.l1();
    float l2 = (float) regularisation.l2();
    if (l1 == 0 && l2 == 0) {
      return;
    }
    for (ParameterBlock block : blocks) {
      if (block.role() == WEIGHTS) {
        for (int i = block.offset(); i < block.end(); i++) {
          gradients[i] += l2 * parameters[i] + l1 * Math.signum(parameters[i]);
        }
      }
    }
  }

  private void clip() {
    if (clipping instanceof Clipping.Value value) {
      float at = (float) value.at();
      for (ParameterBlock block : blocks) {
        if (block.role() != STATISTICS) {
          for (int i = block.offset(); i < block.end(); i++) {
            gradients[i] = Math.max(-at, Math.min(at, gradients[i]));
          }
        }
      }
    } else if (clipping instanceof Clipping.Norm norm) {
      double squares = 0;
      for (ParameterBlock block : blocks) {
        if (block.role() != STATISTICS) {
          squares += squares(gradients, block.offset(), block.end());
        }
      }
      if (squares > norm.at() * norm.at()) {
        float scale = (float) (norm.at() / Math.sqrt(squares));
        for (ParameterBlock block : blocks) {
          if (block.role() != STATISTICS) {
            scale(gradients, block.offset(), block.end(), scale);
          }
        }
      }
    }
  }

  private void decay(double part) {
    if (part == 0) {
      return;
    }
    for (ParameterBlock block : blocks) {
      if (block.role() == WEIGHTS) {
        scale(parameters, block.offset(), block.end(), (float) (1 - part));
      }
    }
  }

  private void bound() {
    double most = regularisation.maxNorm();
    if (most == 0) {
      return;
    }
    for (ParameterBlock block : blocks) {
      if (block.role() == WEIGHTS) {
        for (int unit = block.offset(); unit < block.end(); unit += block.perUnit()) {
          double squares = squares(parameters, unit, unit + block.perUnit());
          if (squares > most * most) {
            scale(parameters, unit, unit + block.perUnit(), (float) (most / Math.sqrt(squares)));
          }
        }
      }
    }
  }

  private static double squares(float[] values, int from, int to) {
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += (double) values[i] * values[i];
    }
    return squares;
  }

  private static void scale(float[] values, int from, int to, float factor) {
    for (int i = from; i < to; i++) {
      values[i] *= factor;
    }
  }
}
