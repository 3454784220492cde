package org.fettle.optimizers.engine;

import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.TrainingSpec;

/** Trains networks by gangs: what an engine has that can {@link Exchange#GRADIENTS}. */
public interface GangTrainer {

  /**
   * Trains an epoch as one member; all others are to call it too. In each step a member takes the
   * next rows of its own order, and all take the one step along the gradient of the mean over the
   * rows of all: that of one process with all these rows in its batch, but for rounding, dropout,
   * noise, and normalisation over a batch, which sees a member's rows alone.
   *
   * @throws GangBrokenException when another member is lost, within minutes at most
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  GangEpoch.Ended epoch(GangEpoch epoch, Gang gang);

  /** The model with these parameters. The caller closes it. */
  TrainedModel model(NetworkSpec network, TrainingSpec spec, float[] parameters);
}
