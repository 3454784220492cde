package org.fettle.optimizers.dl4j;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fettle.optimizers.training.Clipping;
import org.fettle.optimizers.training.Schedule;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.optimizers.training.Updater;
import org.fettle.optimizers.training.UpdaterState;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * One of our updaters, with its schedule, for Deeplearning4j's own {@code fit}: the formulas are
 * those of every engine. It is sent between processes, so that it holds plain data.
 *
 * <p>What it keeps, the number of steps among it, lies in Deeplearning4j's array of updaters'
 * states, which masters average, send and keep.
 */
final class ShippedUpdater implements IUpdater {

  private static final long serialVersionUID = 1;

  /** Step and product of momenta, behind what is kept for each parameter. */
  private static final int NUMBERS = 2;

  private final ShippedTraining training;

  /** By which a plateau multiplies the learning rate in this epoch. */
  private double factor = 1;

  ShippedUpdater(ShippedTraining training) {
    this.training = training;
  }

  void factor(double ofEpoch) {
    factor = ofEpoch;
  }

  @Override
  public long stateSize(long parameters) {
    return training.spec().updater().slots() * parameters + NUMBERS;
  }

  @Override
  public GradientUpdater<ShippedUpdater> instantiate(INDArray view, boolean initialise) {
    if (initialise) {
      view.assign(0);
    }
    return new Applied(clone(), view);
  }

  @Override
  public GradientUpdater<ShippedUpdater> instantiate(
      Map<String, INDArray> state, boolean initialise) {
    return new Applied(clone(), requireNonNull(state.get(Applied.STATE)));
  }

  @Override
  public ShippedUpdater clone() {
    ShippedUpdater copy = new ShippedUpdater(training);
    copy.factor = factor;
    return copy;
  }

  /** The same for all layers, so that one instance does for all their parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ShippedUpdater that && training.equals(that.training);
  }

  @Override
  public int hashCode() {
    return training.hashCode();
  }

  /** The rate of the last step, which Deeplearning4j asks for after it, for weight decay. */
  private double rate;

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return rate;
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  @Override
  public void setLrAndSchedule(double learningRate, ISchedule schedule) {
    throw new UnsupportedOperationException("Learning rate is the job's");
  }

  /** For the parameters of some layers. For one thread. */
  private static final class Applied implements GradientUpdater<ShippedUpdater> {

    static final String STATE = "state";

    private final ShippedUpdater config;
    private INDArray view;

    Applied(ShippedUpdater config, INDArray view) {
      this.config = config;
      this.view = view;
    }

    @Override
    public ShippedUpdater getConfig() {
      return config;
    }

    @Override
    public void setState(Map<String, INDArray> state, boolean initialise) {
      view = requireNonNull(state.get(STATE));
    }

    @Override
    public Map<String, INDArray> getState() {
      return Map.of(STATE, view);
    }

    @Override
    public void setStateViewArray(INDArray array, long[] shape, char order, boolean initialise) {
      view = array;
    }

    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
      TrainingSpec spec = config.training.spec();
      Updater updater = spec.updater();
      int count = (int) gradient.length();
      float[] gradients = new float[count];
      Floats.get(gradient, gradient.ordering(), gradients, 0);
      clip(spec.clipping(), gradients);
      float[] kept = new float[(int) view.length()];
      Floats.get(view, 'c', kept, 0);
      UpdaterState state = new UpdaterState(updater, count);
      state.restore(slots(kept, updater.slots(), count), numbers(kept));
      Schedule.Span span = config.training.span();
      long step = (long) state.numbers()[0];
      config.rate = updater.learningRate() * config.factor * spec.schedule().factor(step, span);
      state.advance();
      float[] steps = new float[count];
      updater.kernel(state, config.rate).apply(steps, gradients, 0, count);
      for (int i = 0; i < count; i++) {
        steps[i] = -steps[i]; // Deeplearning4j takes it off the parameters.
      }
      Floats.put(steps, 0, gradient);
      for (int slot = 0; slot < updater.slots(); slot++) {
        System.arraycopy(state.arrays().get(slot), 0, kept, slot * count, count);
      }
      kept[kept.length - NUMBERS] = (float) state.numbers()[0];
      kept[kept.length - 1] = (float) state.numbers()[1] - 1;
      Floats.put(kept, 0, view);
    }

    private static void clip(Clipping clipping, float[] gradients) {
      if (clipping instanceof Clipping.Value value) {
        float at = (float) value.at();
        for (int i = 0; i < gradients.length; i++) {
          gradients[i] = Math.max(-at, Math.min(at, gradients[i]));
        }
      }
    }

    private static List<float[]> slots(float[] kept, int slots, int count) {
      float[][] all = new float[slots][];
      for (int slot = 0; slot < slots; slot++) {
        all[slot] = Arrays.copyOfRange(kept, slot * count, (slot + 1) * count);
      }
      return List.of(all);
    }

    /** The product begins at 1, and Deeplearning4j's array at 0. */
    private static double[] numbers(float[] kept) {
      return new double[] {Math.round(kept[kept.length - NUMBERS]), kept[kept.length - 1] + 1.0};
    }
  }
}
