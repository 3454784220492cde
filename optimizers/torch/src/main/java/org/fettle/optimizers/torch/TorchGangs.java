package org.fettle.optimizers.torch;

import java.util.ArrayList;
import java.util.List;
import org.fettle.optimizers.engine.Exchange;
import org.fettle.optimizers.engine.Gang;
import org.fettle.optimizers.engine.GangEpoch;
import org.fettle.optimizers.engine.GangTrainer;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.loop.GangSteps;
import org.fettle.optimizers.loop.LearnerFactory;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.TrainingSpec;

/** Trains by gangs whose members add up their gradients with Gloo, on CPUs. */
final class TorchGangs implements GangTrainer {

  private final Settled settled;
  private final Precision precision;

  TorchGangs(Precision precision) {
    this.precision = precision;
    this.settled = new Settled(Place.CPU, precision);
  }

  static List<String> unsupported(TrainingSpec training, Exchange exchange) {
    List<String> unsupported = new ArrayList<>();
    if (exchange == Exchange.AVERAGING) {
      unsupported.add(
          "exchange: averaging is not its own; the nearest are exchange: gradients, or engine dl4j");
    }
    if (training.replicas().count() > 1 || training.replicas().averageEvery().isPresent()) {
      unsupported.add(
          "replicas and averaging-frequency are those of one executor; the nearest is workers of"
              + " placement");
    }
    return List.copyOf(unsupported);
  }

  @Override
  public GangEpoch.Ended epoch(GangEpoch epoch, Gang gang) {
    Natives.use(epoch.threads(), precision);
    LearnerFactory.Beginning beginning =
        GangSteps.beginning(epoch.network(), epoch.spec(), epoch.rows(), epoch.seed());
    float[] weights =
        epoch.spec().loss() instanceof Loss.CrossEntropy crossEntropy
            ? crossEntropy.classWeights().ofCounts(epoch.counts())
            : new float[0];
    try (TorchGradients network = new TorchGradients(beginning, settled, weights);
        Gloo members = new Gloo(gang)) {
      return GangSteps.train(epoch, gang.rank(), network, members);
    } catch (RuntimeException e) {
      throw Natives.outOfMemory(e).orElseThrow(() -> e);
    }
  }

  @Override
  public TrainedModel model(NetworkSpec network, TrainingSpec spec, float[] parameters) {
    LearnerFactory.Beginning beginning =
        GangSteps.beginning(network, spec, GangSteps.anyRow(network), 0);
    TorchNetwork trained = new TorchNetwork(network, spec.loss(), settled, parameters);
    return GangSteps.model(beginning, trained);
  }
}
