package org.fettle.optimizers.loop;

import java.util.Arrays;
import java.util.List;
import org.fettle.optimizers.engine.Divergence;
import org.fettle.optimizers.engine.TrainingState;
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
    List<ParameterBlock> blocks = replicas.get(0).network().blocks();
    descents =
        replicas.stream()
            .map(replica -> new Descent(spec, blocks, replica.network().parameters()))
            .toList();
    losses = new double[replicas.size()];
  }

  @Override
  public long perEpoch() {
    long batches = ((long) rows + batchSize - 1) / batchSize;
    return (batches + replicas.size() - 1) / replicas.size();
  }

  /** Behind a round all updaters keep the same, but for how many steps each has taken. */
  @Override
  public TrainingState.Memory memory() {
    double[] numbers =
        descents.stream().flatMapToDouble(descent -> Arrays.stream(descent.numbers())).toArray();
    return new TrainingState.Memory(descents.get(0).arrays(), numbers);
  }

  @Override
  public void restore(float[] parameters, TrainingState.Memory memory) {
    for (int i = 0; i < descents.size(); i++) {
      int from = i * Descent.NUMBERS;
      double[] own = Arrays.copyOfRange(memory.numbers(), from, from + Descent.NUMBERS);
      descents.get(i).restore(parameters, memory.arrays(), own);
    }
    spread();
  }

  private void spread() {
    float[] parameters = descents.get(0).parameters();
    replicas.forEach(replica -> replica.network().setParameters(parameters));
  }

  @Override
  public double epoch(LearningRates rates, Divergence divergence) {
    double sum = 0;
    long rowsOfStep = (long) batchSize * replicas.size();
    long rowsOfRound = rowsOfStep * averageEvery;
    for (long start = 0; start < rows; start += rowsOfRound) {
      Epoch.requireNoInterrupt();
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
    spread();
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
        Epoch.requireNoInterrupt();
        int to = (int) Math.min(end, from + batchSize);
        losses[index] += replica.gradient((int) from, to, to - (int) from, descent.gradients());
        descent.step(factors[step]);
        replica.network().setParameters(descent.parameters());
      }
    }
  }
}
