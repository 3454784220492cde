package org.fettle.optimizers.torch;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.pytorch.global.torch;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.Exchange;
import org.fettle.optimizers.engine.GangTrainer;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainingJob;
import org.fettle.optimizers.loop.FusedLearner;
import org.fettle.optimizers.loop.GradientLearner;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.loop.LearnerFactory;
import org.fettle.optimizers.loop.TrainingLoop;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.TrainingSpec;

/** Trains by LibTorch, on the CPU or on the GPUs of a job; runs of equal shape as one network. */
public final class TorchEngine implements Engine {

  static final String NAME = "torch";

  private final Precision precision;

  TorchEngine(Precision precision) {
    this.precision = precision;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> unsupported(NetworkSpec network, TrainingSpec training) {
    return Layout.tooLarge(network).stream().toList();
  }

  @Override
  public List<String> unsupportedAcrossProcesses(
      NetworkSpec network, TrainingSpec training, Exchange exchange) {
    return TorchGangs.unsupported(training, exchange);
  }

  @Override
  public Optional<GangTrainer> gangs() {
    return Optional.of(new TorchGangs(precision));
  }

  @Override
  public boolean usesDevices() {
    return torch.cuda_is_available();
  }

  @Override
  public Optional<String> fusion(NetworkSpec network, TrainingSpec training) {
    return Fusion.name(network, training);
  }

  @Override
  public List<RunResult> train(TrainingJob job, RunListener listener) {
    Natives.use(job.threadsPerReplica(), precision);
    try {
      return TrainingLoop.trainFused(
          this, job, listener, beginnings -> learner(beginnings, job.devices()));
    } catch (RuntimeException e) {
      throw Natives.outOfMemory(e).orElseThrow(() -> e);
    }
  }

  private FusedLearner learner(List<LearnerFactory.Beginning> beginnings, List<String> devices) {
    LearnerFactory.Beginning first = beginnings.get(0);
    if (first.run().spec().replicas().count() == 1) {
      return new TorchLearner(beginnings, new Settled(Place.of(devices), precision));
    }
    AtomicInteger replicas = new AtomicInteger();
    return FusedLearner.alone(
        GradientLearner.of(
            first,
            each ->
                new TorchGradients(
                    each, new Settled(Place.of(devices, replicas.getAndIncrement()), precision))));
  }
}
