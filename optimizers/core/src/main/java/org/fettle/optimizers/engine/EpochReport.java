package org.fettle.optimizers.engine;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.fettle.optimizers.data.FloatMatrix;

/**
 * What a run says after an epoch.
 *
 * @param epoch counted from 1
 * @param trainingLoss mean over the epoch's rows of the loss that each had in its own step, before
 *     that step's update, with dropout and without penalty
 * @param validationPredictions predicts the validation rows when asked, in the form that {@link
 *     TrainedModel#predict} gives; to be asked on the training thread, before the listener returns;
 *     throws {@link IllegalStateException} for a run without validation rows
 * @param state gives the run as it is after this epoch, to go on from; to be asked likewise, and
 *     copies all parameters
 */
public record EpochReport(
    int epoch,
    double trainingLoss,
    Supplier<FloatMatrix> validationPredictions,
    Supplier<TrainingState> state) {

  public EpochReport {
    requireNonNull(validationPredictions, "validationPredictions is null");
    requireNonNull(state, "state is null");
  }
}
