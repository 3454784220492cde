package org.fettle.optimizers.java;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.fettle.optimizers.loop.Block;

/**
 * Filters over images, one image at a time: what the windows see is laid out as a matrix that stays
 * in the processor's cache, and multiplied by the filters.
 */
final class ConvolutionNode implements Node {

  private final Parameters parameters;
  private final Windows windows;
  private final Block weights;
  private final Block biases;
  private final boolean inputGradients;
  private final float[] lines;
  private final Native nativeLines = new Native();
  private final Native outputs = new Native();
  private float[] inputs = new float[0];
  private float[] sums = new float[0];
  private float[] gradientsOfInputs = new float[0];

  ConvolutionNode(Parameters parameters, Windows windows, boolean inputGradients) {
    this.parameters = parameters;
    this.windows = windows;
    this.inputGradients = inputGradients;
    this.weights = parameters.next();
    this.biases = parameters.next();
    this.lines = new float[Math.multiplyExact(windows.seen(), windows.output().pixels())];
  }

  @Override
  public float[] forward(Batch batch, float[] images) {
    inputs = images;
    int size = windows.output().size();
    int pixels = windows.output().pixels();
    sums = Node.room(sums, batch.rows() * size);
    for (int row = 0; row < batch.rows(); row++) {
      FloatPointer seen = seen(row);
      FloatPointer filters = parameters.at(weights);
      FloatPointer output = outputs.room(size);
      Blas.multiply(weights.units(), pixels, windows.seen(), filters, seen, 0, output);
      outputs.get(sums, row * size, size);
      for (int filter = 0; filter < weights.units(); filter++) {
        float bias = parameters.values()[biases.offset() + filter];
        int from = row * size + filter * pixels;
        for (int i = from; i < from + pixels; i++) {
          sums[i] += bias;
        }
      }
    }
    return sums;
  }

  private FloatPointer seen(int row) {
    windows.spread(inputs, row * windows.input().size(), lines);
    return nativeLines.put(lines, lines.length);
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    int size = windows.output().size();
    int pixels = windows.output().pixels();
    int filters = weights.units();
    sumOfBiases(batch, gradients);
    if (inputGradients) {
      int length = batch.rows() * windows.input().size();
      gradientsOfInputs = Node.room(gradientsOfInputs, length);
      Arrays.fill(gradientsOfInputs, 0, length, 0);
    }
    FloatPointer ofWeights = parameters.gradient(weights);
    for (int row = 0; row < batch.rows(); row++) {
      FloatPointer given = outputs.room(size);
      given.put(gradients, row * size, size);
      float kept = row == 0 ? 0 : 1;
      Blas.multiplyByTransposed(filters, windows.seen(), pixels, given, seen(row), kept, ofWeights);
      if (inputGradients) {
        FloatPointer ofLines = nativeLines.at(0);
        Blas.multiplyTransposed(
            windows.seen(), pixels, filters, parameters.at(weights), given, 0, ofLines);
        ofLines.get(lines, 0, lines.length);
        windows.gather(lines, gradientsOfInputs, row * windows.input().size());
      }
    }
    parameters.fetch(weights);
    return gradientsOfInputs;
  }

  private void sumOfBiases(Batch batch, float[] gradients) {
    float[] sumsOfBiases = parameters.gradients();
    int pixels = windows.output().pixels();
    Arrays.fill(sumsOfBiases, biases.offset(), biases.offset() + biases.units(), 0);
    for (int row = 0, at = 0; row < batch.rows(); row++) {
      for (int filter = 0; filter < biases.units(); filter++, at += pixels) {
        float sum = 0;
        for (int i = at; i < at + pixels; i++) {
          sum += gradients[i];
        }
        sumsOfBiases[biases.offset() + filter] += sum;
      }
    }
  }

  @Override
  public void close() {
    nativeLines.close();
    outputs.close();
  }
}
