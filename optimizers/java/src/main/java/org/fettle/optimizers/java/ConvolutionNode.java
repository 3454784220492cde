package org.fettle.optimizers.java;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.fettle.optimizers.loop.Block;

/** Filters over images, one image at a time. */
final class ConvolutionNode implements Node {

  private final Parameters parameters;
  private final Windows windows;
  private final Block biases;
  private final boolean inputGradients;
  private final Patches patches;
  private final Native outputs = new Native();
  private float[] inputs = new float[0];
  private float[] sums = new float[0];
  private float[] gradientsOfInputs = new float[0];

  ConvolutionNode(Parameters parameters, Windows windows, boolean inputGradients) {
    this.parameters = parameters;
    this.windows = windows;
    this.inputGradients = inputGradients;
    this.patches = Patches.of(parameters, parameters.next(), windows);
    this.biases = parameters.next();
  }

  @Override
  public float[] forward(Batch batch, float[] images) {
    inputs = images;
    int size = windows.output().size();
    sums = Node.room(sums, batch.rows() * size);
    FloatPointer products = outputs.room(size);
    patches.begin();
    for (int row = 0; row < batch.rows(); row++) {
      patches.see(inputs, row * windows.input().size());
      patches.multiply(products);
      products.get(sums, row * size, size);
      addBiases(row * size);
    }
    return sums;
  }

  private void addBiases(int row) {
    int pixels = windows.output().pixels();
    for (int filter = 0; filter < biases.units(); filter++) {
      float bias = parameters.values()[biases.offset() + filter];
      int from = row + filter * pixels;
      for (int i = from; i < from + pixels; i++) {
        sums[i] += bias;
      }
    }
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    int size = windows.output().size();
    int inputSize = windows.input().size();
    sumOfBiases(batch, gradients);
    if (inputGradients) {
      gradientsOfInputs = Node.room(gradientsOfInputs, batch.rows() * inputSize);
    }
    FloatPointer given = outputs.room(size);
    for (int row = 0; row < batch.rows(); row++) {
      given.put(gradients, row * size, size);
      patches.see(inputs, row * inputSize);
      patches.gradients(given, row == 0 ? 0 : 1);
      if (inputGradients) {
        patches.gradientsOfImage(given, gradientsOfInputs, row * inputSize);
      }
    }
    patches.end();
    return gradientsOfInputs;
  }

  private void sumOfBiases(Batch batch, float[] gradients) {
    float[] sumsOfBiases = parameters.gradients();
    int pixels = windows.output().pixels();
    Arrays.fill(sumsOfBiases, biases.offset(), biases.offset() + biases.units(), 0);
    for (int row = 0, at = 0; row < batch.rows(); row++) {
      for (int filter = 0; filter < biases.units(); filter++, at += pixels) {
        sumsOfBiases[biases.offset() + filter] += sum(gradients, at, at + pixels);
      }
    }
  }

  /** By four sums, of which none waits for the other. */
  private static float sum(float[] values, int from, int to) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = from;
    for (; i < to - 3; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < to; i++) {
      a += values[i];
    }
    return a + b + (c + d);
  }

  @Override
  public void close() {
    patches.close();
    outputs.close();
  }
}
