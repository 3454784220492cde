package org.fettle.optimizers.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.fettle.optimizers.training.LearningRates;

/**
 * A run at the end of an epoch: all that the next epochs depend on besides the run itself. The same
 * run of the same engine, with the same number of threads, goes on from it and ends with the same
 * bits as one that was never interrupted. Random numbers follow from the run's seed and the number
 * of an epoch, so that no generator is part of it.
 *
 * <p>Arrays are neither copied in nor out, and nobody may write to them.
 *
 * @param epoch how many epochs have been trained
 * @param parameters the network's, running means included
 * @param memory what the engine keeps from step to step
 * @param rates where the schedule is
 * @param limit the loss beyond which an epoch has diverged
 * @param best what early stopping has found; empty where a run has none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one
public record TrainingState(
    int epoch,
    float[] parameters,
    Memory memory,
    LearningRates.State rates,
    double limit,
    Optional<Best> best) {

  public TrainingState {
    requireNonNull(parameters, "parameters is null");
    requireNonNull(memory, "memory is null");
    requireNonNull(rates, "rates is null");
    requireNonNull(best, "best is null");
    if (epoch < 1) {
      throw new IllegalArgumentException("Epoch must be at least 1, but was " + epoch);
    }
  }

  /**
   * What an engine keeps from step to step besides the parameters; it alone knows what is what.
   *
   * @param arrays such as the updater's moments
   * @param numbers such as how many steps there have been
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by no one
  public record Memory(List<float[]> arrays, double[] numbers) {
    public Memory {
      arrays = List.copyOf(arrays);
      requireNonNull(numbers, "numbers is null");
    }
  }

  /**
   * The best epoch so far.
   *
   * @param epoch its number
   * @param value what it was watched by, less being better
   * @param parameters the network's after it
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by no one
  public record Best(int epoch, double value, float[] parameters) {
    public Best {
      requireNonNull(parameters, "parameters is null");
    }
  }
}
