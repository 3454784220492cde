package org.fettle.optimizers.loop;

import java.util.SplittableRandom;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.engine.TrainingRun;

/** Gathers a run's rows into batches, in the same memory each time. For one thread. */
final class Batches {

  private final Examples examples;
  private final double noise;
  private final float[] gathered;
  private final float[] targets;

  /** Batches of at most {@code size} rows. */
  Batches(TrainingRun run, int size) {
    this.examples = run.training();
    this.noise = run.spec().regularisation().noise();
    this.gathered = new float[Math.multiplyExact(size, examples.features().columns())];
    this.targets = new float[size];
  }

  /**
   * Returns the rows from one place in the order to before another.
   *
   * @param batchRows how many rows the batch has that they are of
   */
  GradientNetwork.Rows load(int[] order, int from, int to, int batchRows, SplittableRandom random) {
    int rows = to - from;
    int columns = examples.features().columns();
    float[] values = examples.features().values();
    for (int i = 0; i < rows; i++) {
      int row = order[from + i];
      System.arraycopy(values, row * columns, gathered, i * columns, columns);
      targets[i] = examples.targets()[row];
    }
    if (noise > 0) {
      for (int i = 0; i < rows * columns; i++) {
        gathered[i] += (float) (noise * random.nextGaussian());
      }
    }
    return new GradientNetwork.Rows(gathered, targets, rows, batchRows);
  }
}
