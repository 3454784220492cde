package org.fettle.optimizers.loop;

import java.util.Arrays;
import java.util.List;
import org.fettle.optimizers.engine.Divergence;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.training.Descent;
import org.fettle.optimizers.training.LearningRates;
import org.fettle.optimizers.training.ParameterBlock;
import org.fettle.optimizers.training.ParameterBlock.Role;
import org.fettle.optimizers.training.TrainingSpec;

/**
 * Steps of one replica, or of several among which the rows of each batch are shared out: gradients
 * are added up in the replicas' order, and all get the parameters of the one step.
 */
final class SharedSteps implements Steps {

  private final Crew crew;
  private final List<Replica> replicas;
  private final List<ParameterBlock> statistics;
  private final Descent descent;
  private final float[][] gradients;
  private final double[] losses;
  private final int rows;
  private final int batchSize;

  SharedSteps(TrainingSpec spec, Crew crew, List<Replica> replicas, int rows) {
    this.crew = crew;
    this.replicas = replicas;
    this.rows = rows;
    batchSize = spec.batchSize(rows);
    List<ParameterBlock> blocks = replicas.get(0).network().blocks();
    statistics = blocks.stream().filter(block -> block.role() == Role.STATISTICS).toList();
    descent = new Descent(spec, blocks, replicas.get(0).network().parameters());
    gradients = new float[replicas.size()][];
    gradients[0] = descent.gradients();
    for (int replica = 1; replica < gradients.length; replica++) {
      gradients[replica] = new float[gradients[0].length];
    }
    losses = new double[replicas.size()];
  }

  @Override
  public long perEpoch() {
    return ((long) rows + batchSize - 1) / batchSize;
  }

  private void spread() {
    replicas.forEach(replica -> replica.network().setParameters(descent.parameters()));
  }

  @Override
  public TrainingState.Memory memory() {
    return new TrainingState.Memory(descent.arrays(), descent.numbers());
  }

  @Override
  public void restore(float[] parameters, TrainingState.Memory memory) {
    descent.restore(parameters, memory.arrays(), memory.numbers());
    spread();
  }

  @Override
  public double epoch(LearningRates rates, Divergence divergence) {
    double sum = 0;
    for (int start = 0; start < rows; start += batchSize) {
      Epoch.requireNoInterrupt();
      int size = Math.min(batchSize, rows - start);
      double loss = step(start, size, rates.next());
      sum += loss;
      if (divergence.step(loss / size)) {
        break;
      }
    }
    return sum;
  }

  private double step(int start, int size, double factor) {
    crew.each(replica -> gradient(replica, start, size));
    double loss = losses[0];
    for (int replica = 1; replica < gradients.length; replica++) {
      add(gradients[replica], gradients[0]);
      loss += losses[replica];
    }
    descent.step(factor);
    spread();
    return loss;
  }

  private void gradient(int replica, int start, int size) {
    int from = (int) ((long) size * replica / gradients.length);
    int to = (int) ((long) size * (replica + 1) / gradients.length);
    float[] gradient = gradients[replica];
    if (from == to) {
      Arrays.fill(gradient, 0);
      losses[replica] = 0;
      return;
    }
    losses[replica] = replicas.get(replica).gradient(start + from, start + to, size, gradient);
    // Statistics are no sums over rows, but means: they count by the replica's part of the rows.
    float part = (float) (to - from) / size;
    for (ParameterBlock block : statistics) {
      for (int i = block.offset(); i < block.offset() + block.length(); i++) {
        gradient[i] *= part;
      }
    }
  }

  private static void add(float[] from, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }
}
