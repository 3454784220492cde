package org.fettle.optimizers.java;

import java.util.Arrays;
import org.fettle.optimizers.network.Pooling;
import org.fettle.optimizers.network.Shape;

/** One number for each window of a channel. */
final class PoolNode implements Node {

  private final Windows windows;
  private final Pooling pooling;

  /** For each column of the output the first of the input's, and the one behind the last. */
  private final int[] beginX;

  private final int[] endX;
  private float[] outputs = new float[0];
  private int[] chosen = new int[0];
  private float[] gradientsOfInputs = new float[0];

  PoolNode(Windows windows, Pooling pooling) {
    this.windows = windows;
    this.pooling = pooling;
    int width = windows.output().width();
    beginX = new int[width];
    endX = new int[width];
    for (int x = 0; x < width; x++) {
      int from = x * windows.stride() - windows.left();
      beginX[x] = Math.max(0, from);
      endX[x] = Math.min(windows.input().width(), from + windows.kernel());
    }
  }

  @Override
  public float[] forward(Batch batch, float[] inputs) {
    Shape.Image output = windows.output();
    int length = batch.rows() * output.size();
    outputs = Node.room(outputs, length);
    chosen = chosen.length >= length ? chosen : new int[length];
    eachLine(
        batch,
        (from, lines, at) -> {
          if (pooling == Pooling.AVERAGE) {
            average(inputs, from, lines, at);
          } else if (windows.kernel() == 2 && windows.stride() == 2 && lines == 2) {
            largestOfFour(inputs, from, at);
          } else {
            largest(inputs, from, lines, at);
          }
        });
    return outputs;
  }

  /** A line of windows: where their first line of pixels begins, how many there are of those. */
  private interface Line {
    void at(int from, int lines, int at);
  }

  private void eachLine(Batch batch, Line line) {
    Shape.Image output = windows.output();
    int at = 0;
    for (int channel = 0; channel < batch.rows() * output.channels(); channel++) {
      for (int y = 0; y < output.height(); y++, at += output.width()) {
        int top = y * windows.stride() - windows.top();
        int begin = Math.max(0, top);
        int end = Math.min(windows.input().height(), top + windows.kernel());
        int from = channel * windows.input().pixels() + begin * windows.input().width();
        line.at(from, end - begin, at);
      }
    }
  }

  private void average(float[] inputs, int from, int lines, int at) {
    int width = windows.input().width();
    for (int x = 0; x < beginX.length; x++) {
      float sum = 0;
      for (int line = from; line < from + lines * width; line += width) {
        for (int i = line + beginX[x]; i < line + endX[x]; i++) {
          sum += inputs[i];
        }
      }
      outputs[at + x] = sum / (lines * (endX[x] - beginX[x]));
    }
  }

  private void largest(float[] inputs, int from, int lines, int at) {
    int width = windows.input().width();
    for (int x = 0; x < beginX.length; x++) {
      int best = from + beginX[x];
      float largest = inputs[best];
      for (int line = from; line < from + lines * width; line += width) {
        for (int i = line + beginX[x]; i < line + endX[x]; i++) {
          // Written so that a number that is none is chosen, and seen further on.
          if (!(inputs[i] <= largest)) {
            largest = inputs[i];
            best = i;
          }
        }
      }
      chosen[at + x] = best;
      outputs[at + x] = largest;
    }
  }

  /**
   * The same for the commonest windows, without a branch, which would be foretold wrongly half the
   * time. The last may have one column only.
   */
  private void largestOfFour(float[] inputs, int from, int at) {
    int width = windows.input().width();
    for (int x = 0; x < beginX.length; x++) {
      int left = from + beginX[x];
      int right = from + endX[x] - 1;
      float upper = Math.max(inputs[left], inputs[right]);
      float lower = Math.max(inputs[left + width], inputs[right + width]);
      int ofUpper = later(inputs[left], inputs[right], left, right);
      int ofLower = later(inputs[left + width], inputs[right + width], left, right) + width;
      chosen[at + x] = later(upper, lower, ofUpper, ofLower);
      outputs[at + x] = Math.max(upper, lower);
    }
  }

  /** The second place if the second number is larger. */
  private static int later(float first, float second, int place, int other) {
    int larger = Float.floatToRawIntBits(first - second) >> 31;
    return place + (larger & (other - place));
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    int length = batch.rows() * windows.input().size();
    gradientsOfInputs = Node.room(gradientsOfInputs, length);
    Arrays.fill(gradientsOfInputs, 0, length, 0);
    if (pooling == Pooling.MAX) {
      for (int at = 0; at < batch.rows() * windows.output().size(); at++) {
        gradientsOfInputs[chosen[at]] += gradients[at];
      }
    } else {
      eachLine(batch, (from, lines, at) -> share(gradients, from, lines, at));
    }
    return gradientsOfInputs;
  }

  private void share(float[] gradients, int from, int lines, int at) {
    int width = windows.input().width();
    for (int x = 0; x < beginX.length; x++) {
      float part = gradients[at + x] / (lines * (endX[x] - beginX[x]));
      for (int line = from; line < from + lines * width; line += width) {
        for (int i = line + beginX[x]; i < line + endX[x]; i++) {
          gradientsOfInputs[i] += part;
        }
      }
    }
  }
}
