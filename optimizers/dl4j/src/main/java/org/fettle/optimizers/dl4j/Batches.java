package org.fettle.optimizers.dl4j;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.engine.TrainingRun;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Gathers a run's rows into batches, in the same native memory each time. For one thread. */
final class Batches implements AutoCloseable {

  private final Examples examples;
  private final double noise;
  private final int[] order;
  private final float[] gathered;

  /** One for each number of rows that there has been. */
  private final Map<Integer, INDArray> memory = new TreeMap<>();

  /**
   * Batches of at most {@code size} rows.
   *
   * @param order of the run's rows; read, and the same array for all replicas of the run
   */
  Batches(TrainingRun run, int[] order, int size) {
    this.examples = run.training();
    this.noise = run.spec().regularisation().noise();
    this.order = order;
    this.gathered = new float[Math.multiplyExact(size, examples.features().columns())];
  }

  /**
   * Returns the features of the rows from one place in the order to before another; fills their
   * targets.
   */
  INDArray load(int from, int to, float[] targets, SplittableRandom random) {
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
    INDArray batch =
        memory.computeIfAbsent(
            rows, each -> Nd4j.createUninitialized(new long[] {each, columns}, 'c'));
    Floats.pointer(batch).put(gathered, 0, rows * columns);
    return batch;
  }

  @Override
  public void close() {
    memory.values().forEach(INDArray::close);
    memory.clear();
  }
}
