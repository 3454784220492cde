package org.fettle.optimizers.loop;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.engine.GangEpoch;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Descent;
import org.fettle.optimizers.training.LearningRates;
import org.fettle.optimizers.training.ParameterBlock;
import org.fettle.optimizers.training.ParameterBlock.Role;
import org.fettle.optimizers.training.Schedule;
import org.fettle.optimizers.training.TrainingSpec;

/**
 * The steps of one member of a gang, for engines that give gradients: what is summed over its rows
 * goes to all, and each takes the same step by {@link Descent}.
 */
public final class GangSteps {

  private final GangEpoch epoch;
  private final GradientNetwork network;
  private final AllReduce members;
  private final List<ParameterBlock> statistics;
  private final Descent descent;

  /** The gradient, and behind it the loss and the number of rows. */
  private final float[] sums;

  private GangSteps(GangEpoch epoch, GradientNetwork network, AllReduce members) {
    this.epoch = epoch;
    this.network = network;
    this.members = members;
    List<ParameterBlock> blocks = network.blocks();
    statistics = blocks.stream().filter(block -> block.role() == Role.STATISTICS).toList();
    descent = new Descent(epoch.spec(), blocks, epoch.parameters().clone());
    epoch
        .memory()
        .ifPresent(
            memory -> descent.restore(epoch.parameters(), memory.arrays(), memory.numbers()));
    sums = new float[descent.parameters().length + 2];
  }

  /**
   * Trains an epoch.
   *
   * @param rank of the member
   * @param network of any parameters
   */
  public static GangEpoch.Ended train(
      GangEpoch epoch, int rank, GradientNetwork network, AllReduce members) {
    return new GangSteps(epoch, network, members).train(rank);
  }

  /** The order in which a member takes its rows. */
  public static int[] order(GangEpoch epoch, int rank) {
    SplittableRandom random = Streams.ofOrder(epoch.seed(), epoch.number(), rank);
    int[] order = new int[epoch.rows().rows()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** What a network begins with that is not trained by its own run, but by a gang. */
  public static LearnerFactory.Beginning beginning(
      NetworkSpec network, TrainingSpec spec, Examples rows, long seed) {
    return LearnerFactory.Beginning.of(TrainingRun.of(network, spec, rows, seed));
  }

  /** The first parameters of a run, as every engine begins with them. */
  public static float[] initial(NetworkSpec network, long seed) {
    return Layout.of(network).initial(network, Streams.ofWeights(seed));
  }

  /** The model of a network that a gang has trained; takes the network over. */
  public static TrainedModel model(LearnerFactory.Beginning beginning, EngineNetwork network) {
    return new NetworkModel(beginning.run(), network);
  }

  /** A row of a network, for what only asks for a row's form. */
  public static Examples anyRow(NetworkSpec network) {
    return new Examples(
        new FloatMatrix(1, network.inputs(), new float[network.inputs()]), new float[] {1});
  }

  private GangEpoch.Ended train(int rank) {
    TrainingSpec spec = epoch.spec();
    long perEpoch = epoch.steps();
    LearningRates rates =
        new LearningRates(spec.schedule(), new Schedule.Span(perEpoch, perEpoch * spec.epochs()));
    rates.restore(
        new LearningRates.State(
            (epoch.number() - 1) * perEpoch, epoch.factor(), Double.POSITIVE_INFINITY, 0));
    TrainingRun run = TrainingRun.of(epoch.network(), spec, epoch.rows(), epoch.seed());
    Replica own = new Replica(network, new Batches(run, epoch.batchSize()));
    own.begin(order(epoch, rank), Streams.ofEpoch(epoch.seed(), epoch.number(), rank).split());
    network.setParameters(descent.parameters());
    double loss = 0;
    for (int step = 0; step < perEpoch; step++) {
      Epoch.requireNoInterrupt();
      int from = Math.min(step * epoch.batchSize(), epoch.rows().rows());
      int to = Math.min(from + epoch.batchSize(), epoch.rows().rows());
      loss += step(own, from, to, rates.next());
    }
    return new GangEpoch.Ended(
        descent.parameters(), new TrainingState.Memory(descent.arrays(), descent.numbers()), loss);
  }

  /** Returns the summed loss of the rows of all. */
  private double step(Replica own, int from, int to, double factor) {
    float[] gradient = descent.gradients();
    int length = gradient.length;
    Arrays.fill(sums, 0);
    if (from < to) {
      // Of the sum of losses, not of their mean: only all members know of how many rows.
      sums[length] = (float) own.gradient(from, to, 1, gradient);
      sums[length + 1] = to - from;
      for (ParameterBlock block : statistics) {
        for (int i = block.offset(); i < block.offset() + block.length(); i++) {
          gradient[i] *= to - from;
        }
      }
      System.arraycopy(gradient, 0, sums, 0, length);
    }
    members.sum(sums);
    float part = 1 / sums[length + 1];
    for (int i = 0; i < length; i++) {
      gradient[i] = sums[i] * part;
    }
    descent.step(factor);
    network.setParameters(descent.parameters());
    return sums[length];
  }
}
