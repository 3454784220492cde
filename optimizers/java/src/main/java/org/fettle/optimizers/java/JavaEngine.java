package org.fettle.optimizers.java;

import java.util.List;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainingJob;
import org.fettle.optimizers.loop.GradientLearner;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.loop.TrainingLoop;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.TrainingSpec;

/** Trains by Java over plain arrays and products of matrices by OpenBLAS. */
public final class JavaEngine implements Engine {

  static final String NAME = "java";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> unsupported(NetworkSpec network, TrainingSpec training) {
    return Layout.tooLarge(network).stream().toList();
  }

  @Override
  public List<RunResult> train(TrainingJob job, RunListener listener) {
    Blas.useThreads(job.threadsPerReplica());
    return TrainingLoop.train(
        this, job, listener, beginning -> GradientLearner.of(beginning, JavaNetwork::new));
  }
}
