package org.fettle.driver.cluster;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;

/** The prepared training rows of one worker. */
final class Share implements Serializable {

  private static final long serialVersionUID = 1;

  private final int width;
  private final float[][] features;
  private final float[][] targets;
  private final int[] starts;
  private final int rows;

  /** Rows of one chunk. */
  static final class Part implements Serializable {
    private static final long serialVersionUID = 1;
    private final int first;
    private final int width;
    private final float[] features;
    private final float[] targets;

    Part(int first, Examples examples) {
      this.first = first;
      this.width = examples.features().columns();
      this.features = examples.features().values();
      this.targets = examples.targets();
    }
  }

  /** All of a worker's parts, of which there is one; their order does not matter. */
  Share(List<Part> parts) {
    Part[] ordered = parts.toArray(Part[]::new);
    Arrays.sort(ordered, Comparator.comparingInt(part -> part.first));
    width = ordered[0].width;
    features = new float[ordered.length][];
    targets = new float[ordered.length][];
    starts = new int[ordered.length];
    int count = 0;
    for (int i = 0; i < ordered.length; i++) {
      features[i] = ordered[i].features;
      targets[i] = ordered[i].targets;
      starts[i] = count;
      count += ordered[i].targets.length;
    }
    rows = count;
  }

  int rows() {
    return rows;
  }

  /** Copies of all rows. */
  Examples examples() {
    return examples(IntStream.range(0, rows).toArray(), 0, rows);
  }

  /** All rows in an order that follows from the seed. */
  int[] order(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Copies of some rows. */
  Examples examples(int[] order, int from, int to) {
    float[] values = new float[(to - from) * width];
    float[] wanted = new float[to - from];
    for (int i = from; i < to; i++) {
      int part = Arrays.binarySearch(starts, order[i]);
      part = part < 0 ? -part - 2 : part;
      int row = order[i] - starts[part];
      System.arraycopy(features[part], row * width, values, (i - from) * width, width);
      wanted[i - from] = targets[part][row];
    }
    return new Examples(new FloatMatrix(to - from, width, values), wanted);
  }
}
