package org.fettle.optimizers.engine;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.TrainingSpec;

/**
 * A member's part of an epoch. All but its rows is the same for all members.
 *
 * @param spec whose batch size is each member's
 * @param rows the member's own
 * @param counts of each class how many rows all members have; none for a regression
 * @param mostRows of the member that has the most
 * @param seed of the run
 * @param number of the epoch, from 1
 * @param factor by which a plateau multiplies the learning rate
 * @param parameters to begin with
 * @param memory of the epoch before; empty at the beginning of the run
 * @param threads native threads that the member may use
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one
public record GangEpoch(
    NetworkSpec network,
    TrainingSpec spec,
    Examples rows,
    int[] counts,
    int mostRows,
    long seed,
    int number,
    double factor,
    float[] parameters,
    Optional<TrainingState.Memory> memory,
    int threads) {

  public GangEpoch {
    requireNonNull(network, "network is null");
    requireNonNull(spec, "spec is null");
    requireNonNull(rows, "rows is null");
    requireNonNull(memory, "memory is null");
    if (number < 1 || mostRows < rows.rows()) {
      throw new IllegalArgumentException(
          "Epoch must be at least 1 and rows at most %d, but were %d and %d"
              .formatted(mostRows, number, rows.rows()));
    }
  }

  /** Rows of a member's step. */
  public int batchSize() {
    return spec.batchSize(mostRows);
  }

  /** How many steps all take together. */
  public int steps() {
    return (int) (((long) mostRows + batchSize() - 1) / batchSize());
  }

  /**
   * What has become of the network, the same for all members.
   *
   * @param loss that each row of all members had in its own step, without penalty, summed
   */
  public record Ended(float[] parameters, TrainingState.Memory memory, double loss) {}
}
