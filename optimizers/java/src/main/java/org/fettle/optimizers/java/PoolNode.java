package org.fettle.optimizers.java;

import java.util.Arrays;
import org.fettle.optimizers.network.Pooling;
import org.fettle.optimizers.network.Shape;

/** One number for each window of a channel. */
final class PoolNode implements Node {

  private final Windows windows;
  private final Pooling pooling;
  private float[] outputs = new float[0];
  private int[] chosen = new int[0];
  private float[] gradientsOfInputs = new float[0];

  PoolNode(Windows windows, Pooling pooling) {
    this.windows = windows;
    this.pooling = pooling;
  }

  @Override
  public float[] forward(Batch batch, float[] inputs) {
    Shape.Image output = windows.output();
    int length = batch.rows() * output.size();
    outputs = Node.room(outputs, length);
    chosen = chosen.length >= length ? chosen : new int[length];
    int at = 0;
    for (int channel = 0; channel < batch.rows() * output.channels(); channel++) {
      for (int y = 0; y < output.height(); y++) {
        for (int x = 0; x < output.width(); x++, at++) {
          pool(inputs, channel * windows.input().pixels(), y, x, at);
        }
      }
    }
    return outputs;
  }

  private void pool(float[] inputs, int channel, int y, int x, int at) {
    int width = windows.input().width();
    int endY = endY(y);
    int endX = endX(x);
    int best = channel + beginY(y) * width + beginX(x);
    float largest = inputs[best];
    float sum = 0;
    for (int iy = beginY(y); iy < endY; iy++) {
      int line = channel + iy * width;
      for (int i = line + beginX(x); i < line + endX; i++) {
        float value = inputs[i];
        sum += value;
        // Written so that a number that is none is chosen, and seen further on.
        if (!(value <= largest)) {
          largest = value;
          best = i;
        }
      }
    }
    chosen[at] = best;
    outputs[at] = pooling == Pooling.MAX ? largest : sum / count(y, x);
  }

  /** Numbers of a window that lie within the image. */
  private int count(int y, int x) {
    return (endY(y) - beginY(y)) * (endX(x) - beginX(x));
  }

  private int beginY(int y) {
    return Math.max(0, y * windows.stride() - windows.top());
  }

  private int endY(int y) {
    return Math.min(
        windows.input().height(), y * windows.stride() - windows.top() + windows.kernel());
  }

  private int beginX(int x) {
    return Math.max(0, x * windows.stride() - windows.left());
  }

  private int endX(int x) {
    return Math.min(
        windows.input().width(), x * windows.stride() - windows.left() + windows.kernel());
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    Shape.Image output = windows.output();
    int length = batch.rows() * windows.input().size();
    gradientsOfInputs = Node.room(gradientsOfInputs, length);
    Arrays.fill(gradientsOfInputs, 0, length, 0);
    if (pooling == Pooling.MAX) {
      for (int at = 0; at < batch.rows() * output.size(); at++) {
        gradientsOfInputs[chosen[at]] += gradients[at];
      }
      return gradientsOfInputs;
    }
    int at = 0;
    for (int channel = 0; channel < batch.rows() * output.channels(); channel++) {
      for (int y = 0; y < output.height(); y++) {
        for (int x = 0; x < output.width(); x++, at++) {
          share(gradients[at] / count(y, x), channel * windows.input().pixels(), y, x);
        }
      }
    }
    return gradientsOfInputs;
  }

  private void share(float part, int channel, int y, int x) {
    for (int iy = beginY(y); iy < endY(y); iy++) {
      int line = channel + iy * windows.input().width();
      for (int i = line + beginX(x); i < line + endX(x); i++) {
        gradientsOfInputs[i] += part;
      }
    }
  }
}
