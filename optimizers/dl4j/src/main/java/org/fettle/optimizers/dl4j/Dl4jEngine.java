package org.fettle.optimizers.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.util.CrashReportingUtil;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.Exchange;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainingJob;
import org.fettle.optimizers.loop.GradientLearner;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.loop.Learner;
import org.fettle.optimizers.loop.LearnerFactory;
import org.fettle.optimizers.loop.TrainingLoop;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Layers;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.TrainingSpec;

/** Trains by Deeplearning4j's own layers, on whatever back end ND4J has. */
public final class Dl4jEngine implements Engine {

  static final String NAME = "dl4j";

  @Override
  public String name() {
    return NAME;
  }

  /** What Deeplearning4j lacks or does wrong; and a network can be too large. */
  @Override
  public List<String> unsupported(NetworkSpec network, TrainingSpec training) {
    List<String> unsupported = new ArrayList<>();
    Layout.tooLarge(network).ifPresent(unsupported::add);
    unsupported.addAll(Dl4jFiles.unsupported(network));
    if (Layers.any(network.layers(), Layer.SelfAttention.class::isInstance)) {
      // The gradient that it gives its inputs, and all that learns below, is twice the right one.
      unsupported.add(
          "Deeplearning4j computes a wrong gradient for self-attention; the nearest is engine java,"
              + " or recurrent layers");
    }
    return List.copyOf(unsupported);
  }

  @Override
  public List<String> unsupportedAcrossProcesses(
      NetworkSpec network, TrainingSpec training, Exchange exchange) {
    return ShippedNetwork.unsupported(network, training, exchange);
  }

  @Override
  public boolean usesDevices() {
    return Devices.areThere();
  }

  private static Learner learner(LearnerFactory.Beginning beginning, Devices devices) {
    AtomicInteger replicas = new AtomicInteger();
    return GradientLearner.of(
        beginning, each -> new Dl4jNetwork(each, devices, replicas.getAndIncrement()));
  }

  @Override
  public List<RunResult> train(TrainingJob job, RunListener listener) {
    // Else it answers an OutOfMemoryError by writing a file into the working directory.
    CrashReportingUtil.crashDumpsEnabled(false);
    NativeThreads.use(job.threadsPerReplica());
    Devices devices = Devices.of(job.devices());
    try {
      return TrainingLoop.train(this, job, listener, beginning -> learner(beginning, devices));
    } finally {
      Workspaces.free();
    }
  }
}
