package org.fettle.optimizers.java;

import java.util.Arrays;
import org.fettle.optimizers.loop.Block;
import org.fettle.optimizers.network.Layer.BatchNormalisation;

/** Each channel to mean 0 and variance 1 over the batch, then scaled and shifted. */
final class BatchNormalisationNode implements Node {

  private final Parameters parameters;
  private final Block scales;
  private final Block shifts;
  private final Block means;
  private final Block variances;
  private final int channels;
  private final int pixels;
  private final float[] mean;
  private final float[] inverse;
  private float[] normal = new float[0];
  private float[] outputs = new float[0];

  /** For rows of channels, each of so many pixels. */
  BatchNormalisationNode(Parameters parameters, int channels, int pixels) {
    this.parameters = parameters;
    this.channels = channels;
    this.pixels = pixels;
    this.scales = parameters.next();
    this.shifts = parameters.next();
    this.means = parameters.next();
    this.variances = parameters.next();
    this.mean = new float[channels];
    this.inverse = new float[channels];
  }

  @Override
  public float[] forward(Batch batch, float[] inputs) {
    if (batch.training()) {
      moments(inputs, batch.rows());
    } else {
      System.arraycopy(parameters.values(), means.offset(), mean, 0, channels);
      for (int c = 0; c < channels; c++) {
        inverse[c] = inverse(parameters.values()[variances.offset() + c]);
      }
    }
    int length = batch.rows() * channels * pixels;
    normal = Node.room(normal, length);
    outputs = Node.room(outputs, length);
    float[] values = parameters.values();
    for (int at = 0, c = 0; at < length; at += pixels, c = c + 1 == channels ? 0 : c + 1) {
      float scale = values[scales.offset() + c];
      float shift = values[shifts.offset() + c];
      for (int i = at; i < at + pixels; i++) {
        normal[i] = (inputs[i] - mean[c]) * inverse[c];
        outputs[i] = normal[i] * scale + shift;
      }
    }
    return outputs;
  }

  /** Those of the batch, and what they do to the running ones. */
  private void moments(float[] inputs, int rows) {
    int length = rows * channels * pixels;
    int count = rows * pixels;
    double[] sums = new double[channels];
    for (int at = 0, c = 0; at < length; at += pixels, c = c + 1 == channels ? 0 : c + 1) {
      for (int i = at; i < at + pixels; i++) {
        sums[c] += inputs[i];
      }
    }
    for (int c = 0; c < channels; c++) {
      mean[c] = (float) (sums[c] / count);
    }
    Arrays.fill(sums, 0);
    for (int at = 0, c = 0; at < length; at += pixels, c = c + 1 == channels ? 0 : c + 1) {
      for (int i = at; i < at + pixels; i++) {
        float difference = inputs[i] - mean[c];
        sums[c] += difference * difference;
      }
    }
    float moved = (float) (1 - BatchNormalisation.KEPT);
    float[] values = parameters.values();
    float[] gradients = parameters.gradients();
    for (int c = 0; c < channels; c++) {
      float variance = (float) (sums[c] / count);
      inverse[c] = inverse(variance);
      gradients[means.offset() + c] = moved * (values[means.offset() + c] - mean[c]);
      gradients[variances.offset() + c] = moved * (values[variances.offset() + c] - variance);
    }
  }

  private static float inverse(float variance) {
    return (float) (1 / Math.sqrt(variance + BatchNormalisation.EPSILON));
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    int length = batch.rows() * channels * pixels;
    float count = batch.rows() * pixels;
    float[] ofParameters = parameters.gradients();
    Arrays.fill(ofParameters, scales.offset(), scales.offset() + channels, 0);
    Arrays.fill(ofParameters, shifts.offset(), shifts.offset() + channels, 0);
    for (int at = 0, c = 0; at < length; at += pixels, c = c + 1 == channels ? 0 : c + 1) {
      float ofScale = 0;
      float ofShift = 0;
      for (int i = at; i < at + pixels; i++) {
        ofScale += gradients[i] * normal[i];
        ofShift += gradients[i];
      }
      ofParameters[scales.offset() + c] += ofScale;
      ofParameters[shifts.offset() + c] += ofShift;
    }
    float[] values = parameters.values();
    for (int at = 0, c = 0; at < length; at += pixels, c = c + 1 == channels ? 0 : c + 1) {
      float factor = values[scales.offset() + c] * inverse[c];
      float ofScale = ofParameters[scales.offset() + c] / count;
      float ofShift = ofParameters[shifts.offset() + c] / count;
      for (int i = at; i < at + pixels; i++) {
        gradients[i] = factor * (gradients[i] - ofShift - normal[i] * ofScale);
      }
    }
    return gradients;
  }
}
