package org.fettle.optimizers.dl4j;

import org.fettle.optimizers.training.RowLoss;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A loss and its gradient in one pass over the output layer's sums, in Java: the same as that of
 * every engine.
 *
 * <p>Deeplearning4j's own losses take a third of a small network's step, too: each applies the
 * softmax anew, as an operation that costs more than a layer. This one is told the targets of a
 * batch before a step and keeps the step's loss, without penalty, until it is asked for it.
 */
final class SumsLoss implements ILossFunction {

  private static final long serialVersionUID = 1;

  private final transient RowLoss loss;
  private float[] targets = new float[0];
  private float[] sums = new float[0];
  private float weight;
  private double lossOfStep;

  SumsLoss(RowLoss loss) {
    this.loss = loss;
  }

  /**
   * Prepares a step.
   *
   * @param ofRows one for each row to come
   * @param rows the gradient is that of the mean over so many, of which it may see some only
   */
  void expect(float[] ofRows, int rows) {
    targets = ofRows;
    weight = 1f / rows;
  }

  /** The loss of the last step, summed over its rows. */
  double lossOfStep() {
    return lossOfStep;
  }

  /** The gradient of the mean over rows, written over the sums, which nothing reads any more. */
  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    int rows = (int) preOutput.size(0);
    int columns = (int) preOutput.size(1);
    if (sums.length < rows * columns) {
      sums = new float[rows * columns];
    }
    boolean byRows = preOutput.ordering() == 'c';
    int rowStride = byRows ? columns : 1;
    int columnStride = byRows ? 1 : rows;
    Floats.get(preOutput, preOutput.ordering(), sums, 0);
    lossOfStep = 0;
    for (int row = 0; row < rows; row++) {
      lossOfStep +=
          loss.gradient(sums, row * rowStride, columnStride, columns, targets[row], weight);
    }
    Floats.put(sums, 0, preOutput);
    return preOutput;
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return lossOfStep;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    throw new UnsupportedOperationException("SumsLoss has no scores by row");
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    INDArray gradient = computeGradient(labels, preOutput, activation, mask);
    return Pair.of(lossOfStep, gradient);
  }

  @Override
  public String name() {
    return "SumsLoss";
  }
}
