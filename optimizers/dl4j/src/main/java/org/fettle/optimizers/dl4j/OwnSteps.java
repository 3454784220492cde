package org.fettle.optimizers.dl4j;

import java.util.Arrays;
import java.util.List;
import org.fettle.optimizers.engine.Divergence;
import org.fettle.optimizers.training.Descent;
import org.fettle.optimizers.training.LearningRates;
import org.fettle.optimizers.training.ParameterBlock;
import org.fettle.optimizers.training.TrainingSpec;

/**
 * Steps that each replica takes on batches of its own. The batches are dealt out in turn; after
 * some steps, and at the end of the epoch, all replicas get the mean of their parameters.
 */
final class OwnSteps implements Steps {

  private final Crew crew;
  private final List<Replica> replicas;
  private final List<Descent> descents;
  private final double[] losses;
  private final int rows;
  private final int batchSize;
  private final int averageEvery;

  OwnSteps(TrainingSpec spec, Crew crew, List<Replica> replicas, int rows, int averageEvery) {
    this.crew = crew;
    this.replicas = replicas;
    this.rows = rows;
    this.averageEvery = averageEvery;
    batchSize = spec.batchSize(rows);
    List<ParameterBlock> blocks = replicas.get(0).blocks();
    descents =
        replicas.stream().map(replica -> new Descent(spec, blocks, replica.parameters())).toList();
    losses = new double[replicas.size()];
  }

  @Override
  public long perEpoch() {
    long batches = ((long) rows + batchSize - 1) / batchSize;
    return (batches + replicas.size() - 1) / replicas.size();
  }

  @Override
  public float[] parameters() {
    return descents.get(0).parameters();
  }

  @Override
  public double epoch(LearningRates rates, Divergence divergence) {
    double sum = 0;
    long rowsOfStep = (long) batchSize * replicas.size();
    long rowsOfRound = rowsOfStep * averageEvery;
    for (long start = 0; start < rows; start += rowsOfRound) {
      Steps.requireNoInterrupt();
      long end = Math.min(rows, start + rowsOfRound);
      double[] factors = new double[(int) ((end - start + rowsOfStep - 1) / rowsOfStep)];
      Arrays.setAll(factors, step -> rates.next());
      double loss = round(start, end, factors);
      sum += loss;
      if (divergence.step(loss / (end - start))) {
        break;
      }
    }
    return sum;
  }

  private double round(long start, long end, double[] factors) {
    crew.each(replica -> steps(replica, start, end, factors));
    Descent.average(descents);
    replicas.forEach(replica -> replica.setParameters(parameters()));
    return Arrays.stream(losses).sum();
  }

  private void steps(int index, long start, long end, double[] factors) {
    Replica replica = replicas.get(index);
    Descent descent = descents.get(index);
    losses[index] = 0;
    for (int step = 0; step < factors.length; step++) {
      long from = start + ((long) step * replicas.size() + index) * batchSize;
      if (from < end) {
        // The caller's thread alone is interrupted; the other replicas end with their round.
        Steps.requireNoInterrupt();
        int to = (int) Math.min(end, from + batchSize);
        losses[index] += replica.gradient((int) from, to, to - (int) from, descent.gradients());
        descent.step(factors[step]);
        replica.setParameters(descent.parameters());
      }
    }
  }
}
