package org.fettle.optimizers.metric;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fettle.optimizers.data.FloatMatrix;

/** How many rows of each class were taken for each class; of equally probable ones the first. */
public final class ConfusionMatrix {

  private final int classes;
  private final long[] counts;
  private final long[] actual;
  private final long[] predicted;

  private ConfusionMatrix(int classes, long[] counts) {
    this.classes = classes;
    this.counts = counts;
    this.actual = new long[classes];
    this.predicted = new long[classes];
    for (int cell = 0; cell < counts.length; cell++) {
      actual[cell / classes] += counts[cell];
      predicted[cell % classes] += counts[cell];
    }
  }

  /**
   * Counts predictions.
   *
   * @param predictions a probability per class
   * @param targets the index of a class
   */
  public static ConfusionMatrix of(FloatMatrix predictions, float[] targets) {
    int classes = predictions.columns();
    long[] counts = new long[Math.multiplyExact(classes, classes)];
    for (int row = 0; row < targets.length; row++) {
      counts[Targets.at(predictions, targets, row) * classes + mostProbable(predictions, row)]++;
    }
    return new ConfusionMatrix(classes, counts);
  }

  private static int mostProbable(FloatMatrix predictions, int row) {
    int best = 0;
    for (int column = 1; column < predictions.columns(); column++) {
      if (predictions.at(row, column) > predictions.at(row, best)) {
        best = column;
      }
    }
    return best;
  }

  int classes() {
    return classes;
  }

  long count(int actualClass, int predictedClass) {
    return counts[actualClass * classes + predictedClass];
  }

  /** How many rows are of the class. */
  long actual(int each) {
    return actual[each];
  }

  /** How many rows were taken for the class. */
  long predicted(int each) {
    return predicted[each];
  }

  long right() {
    return IntStream.range(0, classes).mapToLong(each -> count(each, each)).sum();
  }

  long rows() {
    return Arrays.stream(actual).sum();
  }

  /** The counts: for each class, how many of its rows were taken for each class. */
  public List<List<Long>> counts() {
    return IntStream.range(0, classes)
        .mapToObj(
            each -> Arrays.stream(counts, each * classes, (each + 1) * classes).boxed().toList())
        .toList();
  }
}
