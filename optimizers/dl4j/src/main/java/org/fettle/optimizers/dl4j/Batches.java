package org.fettle.optimizers.dl4j;

import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.engine.TrainingRun;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Gathers a run's rows into batches, in the same native memory each time. */
final class Batches implements AutoCloseable {

  private final Examples examples;
  private final int[] order;
  private final float[] gathered;
  private final INDArray full;
  private final INDArray last;

  Batches(TrainingRun run, int size) {
    examples = run.training();
    order = new int[examples.rows()];
    for (int row = 0; row < order.length; row++) {
      order[row] = row;
    }
    int columns = examples.features().columns();
    gathered = new float[Math.multiplyExact(size, columns)];
    full = Nd4j.createUninitialized(new long[] {size, columns}, 'c');
    int rest = examples.rows() % size;
    last = rest == 0 ? full : Nd4j.createUninitialized(new long[] {rest, columns}, 'c');
  }

  int size() {
    return (int) full.size(0);
  }

  /** A new order of the rows, by Fisher and Yates. */
  void shuffle(SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int row = order[i];
      order[i] = order[j];
      order[j] = row;
    }
  }

  /** Returns the features of the batch that begins at a place in the order; fills its targets. */
  INDArray load(int start, float[] targets) {
    int rows = Math.min(size(), order.length - start);
    int columns = examples.features().columns();
    float[] values = examples.features().values();
    for (int i = 0; i < rows; i++) {
      int row = order[start + i];
      System.arraycopy(values, row * columns, gathered, i * columns, columns);
      targets[i] = examples.targets()[row];
    }
    INDArray batch = rows == size() ? full : last;
    FloatPointer memory = Floats.pointer(batch);
    memory.put(gathered, 0, rows * columns);
    return batch;
  }

  @Override
  public void close() {
    full.close();
    if (last != full) {
      last.close();
    }
  }
}
