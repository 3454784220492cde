package org.fettle.optimizers.dl4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * One of our losses for Deeplearning4j's own {@code fit}, on the output layer's sums. Labels have a
 * row's target in their first column. Sent between processes; several threads of one may use it at
 * once, and each is told the loss of its own last step.
 */
final class ShippedLoss implements ILossFunction {

  private static final long serialVersionUID = 1;

  private final ShippedTraining training;
  private transient @Nullable ThreadLocal<double[]> last;

  ShippedLoss(ShippedTraining training) {
    this.training = training;
  }

  private synchronized ThreadLocal<double[]> last() {
    ThreadLocal<double[]> there = last;
    if (there == null) {
      there = ThreadLocal.withInitial(() -> new double[2]);
      last = there;
    }
    return there;
  }

  /** Of the calling thread's last step the loss, summed over its rows. */
  double lossOfStep() {
    return last().get()[0];
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    int rows = (int) preOutput.size(0);
    int columns = (int) preOutput.size(1);
    float[] targets = new float[rows * (int) labels.size(1)];
    Floats.get(labels, 'c', targets, 0);
    int width = (int) labels.size(1);
    float[] sums = new float[rows * columns];
    boolean byRows = preOutput.ordering() == 'c';
    int rowStride = byRows ? columns : 1;
    int columnStride = byRows ? 1 : rows;
    Floats.get(preOutput, preOutput.ordering(), sums, 0);
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      // Deeplearning4j divides by the number of rows itself.
      sum +=
          training
              .loss()
              .gradient(sums, row * rowStride, columnStride, columns, targets[row * width], 1);
    }
    last().get()[0] = sum;
    last().get()[1] = rows;
    Floats.put(sums, 0, preOutput);
    return preOutput;
  }

  @Override
  public double computeScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    double[] of = last().get();
    return average ? of[0] / Math.max(1, of[1]) : of[0];
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    throw new UnsupportedOperationException("ShippedLoss has no scores by row");
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    INDArray gradient = computeGradient(labels, preOutput, activation, mask);
    return Pair.of(computeScore(labels, preOutput, activation, mask, average), gradient);
  }

  @Override
  public String name() {
    return "ShippedLoss";
  }
}
