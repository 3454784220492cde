package org.fettle.optimizers.java;

import java.util.Arrays;
import org.fettle.optimizers.network.Pooling;
import org.fettle.optimizers.network.Shape;

/** One number for each channel of an image, or for each feature over a sequence's steps. */
final class GlobalPoolNode implements Node {

  private final Shape input;
  private final Pooling pooling;
  private final int features;
  private final int places;
  private final int betweenFeatures;
  private final int betweenPlaces;
  private float[] outputs = new float[0];
  private int[] chosen = new int[0];
  private float[] gradientsOfInputs = new float[0];

  GlobalPoolNode(Shape input, Pooling pooling) {
    this.input = input;
    this.pooling = pooling;
    boolean image = input instanceof Shape.Image;
    features = input.dimensions().get(image ? 0 : 1);
    places = input.size() / features;
    betweenFeatures = image ? places : 1;
    betweenPlaces = image ? 1 : features;
  }

  private int places(Batch batch, int row) {
    return input instanceof Shape.Sequence ? batch.lengths()[row] : places;
  }

  @Override
  public float[] forward(Batch batch, float[] inputs) {
    outputs = Node.room(outputs, batch.rows() * features);
    chosen = chosen.length >= outputs.length ? chosen : new int[outputs.length];
    for (int row = 0; row < batch.rows(); row++) {
      int count = places(batch, row);
      for (int feature = 0; feature < features; feature++) {
        int from = row * input.size() + feature * betweenFeatures;
        int end = from + count * betweenPlaces;
        outputs[row * features + feature] =
            pooling == Pooling.MAX
                ? largest(inputs, from, end, row * features + feature)
                : sum(inputs, from, end) / count;
      }
    }
    return outputs;
  }

  private float largest(float[] inputs, int from, int end, int at) {
    int best = from;
    for (int i = from; i < end; i += betweenPlaces) {
      // Written so that a number that is none is chosen, and seen further on.
      if (!(inputs[i] <= inputs[best])) {
        best = i;
      }
    }
    chosen[at] = best;
    return inputs[best];
  }

  private float sum(float[] inputs, int from, int end) {
    float sum = 0;
    for (int i = from; i < end; i += betweenPlaces) {
      sum += inputs[i];
    }
    return sum;
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    int length = batch.rows() * input.size();
    gradientsOfInputs = Node.room(gradientsOfInputs, length);
    Arrays.fill(gradientsOfInputs, 0, length, 0);
    for (int row = 0; row < batch.rows(); row++) {
      int count = places(batch, row);
      for (int feature = 0; feature < features; feature++) {
        int at = row * features + feature;
        if (pooling == Pooling.MAX) {
          gradientsOfInputs[chosen[at]] += gradients[at];
        } else {
          int from = row * input.size() + feature * betweenFeatures;
          for (int i = from; i < from + count * betweenPlaces; i += betweenPlaces) {
            gradientsOfInputs[i] = gradients[at] / count;
          }
        }
      }
    }
    return gradientsOfInputs;
  }
}
