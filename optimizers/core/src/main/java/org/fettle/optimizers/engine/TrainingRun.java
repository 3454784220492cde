package org.fettle.optimizers.engine;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.TrainingSpec;

/**
 * One network to train.
 *
 * @param training rows with features of similar scale, and targets as the loss takes them
 * @param validation rows that are not trained on
 * @param monitor what early stopping and a plateau watch in the validation rows; empty for the mean
 *     of the run's own loss
 * @param seed of the initial weights, the order of the rows and dropout
 * @param start the end of an earlier epoch of the same run, to go on from; empty to begin
 */
public record TrainingRun(
    NetworkSpec network,
    TrainingSpec spec,
    Examples training,
    Optional<Examples> validation,
    Optional<Monitor> monitor,
    long seed,
    Optional<TrainingState> start) {

  public TrainingRun {
    requireNonNull(network, "network is null");
    requireNonNull(spec, "spec is null");
    requireNonNull(training, "training is null");
    requireNonNull(start, "start is null");
    spec.loss().check(network.outputs(), training.targets());
    requireWidth("Training", network, training);
    validation.ifPresent(examples -> requireWidth("Validation", network, examples));
  }

  /** A run from its beginning. */
  public TrainingRun(
      NetworkSpec network,
      TrainingSpec spec,
      Examples training,
      Optional<Examples> validation,
      Optional<Monitor> monitor,
      long seed) {
    this(network, spec, training, validation, monitor, seed, Optional.empty());
  }

  /** The same run, from the end of an epoch on. */
  public TrainingRun from(TrainingState state) {
    return new TrainingRun(network, spec, training, validation, monitor, seed, Optional.of(state));
  }

  /** A run without validation rows. */
  public static TrainingRun of(
      NetworkSpec network, TrainingSpec spec, Examples training, long seed) {
    return new TrainingRun(network, spec, training, Optional.empty(), Optional.empty(), seed);
  }

  private static void requireWidth(String which, NetworkSpec network, Examples examples) {
    if (examples.features().columns() != network.inputs()) {
      throw new IllegalArgumentException(
          "%s features must be %d, as the network's inputs, but were %d"
              .formatted(which, network.inputs(), examples.features().columns()));
    }
  }
}
