package org.fettle.optimizers.java;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.fettle.optimizers.loop.Block;
import org.fettle.optimizers.network.Shape;

/**
 * Attention of each step of a row to all steps of that row, in several heads. Queries, keys and
 * values of a step lie side by side; a head has its part of each.
 */
final class SelfAttentionNode implements Node {

  private final Parameters parameters;
  private final int heads;
  private final int steps;
  private final int width;
  private final Block projections;
  private final Block output;
  private final Native inputs = new Native();
  private final Native projected = new Native();
  private final Native scores = new Native();
  private final Native mixed = new Native();
  private final Native ofScores = new Native();
  private final Native ofProjected = new Native();
  private float[] weights = new float[0];
  private float[] ofWeights = new float[0];
  private float[] outputs = new float[0];
  private float[] ofInputs = new float[0];

  SelfAttentionNode(Parameters parameters, int heads, Shape.Sequence input) {
    this.parameters = parameters;
    this.heads = heads;
    this.steps = input.steps();
    this.width = input.features();
    this.projections = parameters.next();
    this.output = parameters.next();
  }

  private int head() {
    return width / heads;
  }

  private float scale() {
    return (float) (1 / Math.sqrt(head()));
  }

  @Override
  public float[] forward(Batch batch, float[] values) {
    int count = batch.rows() * steps;
    int square = steps * steps;
    FloatPointer seen = inputs.put(values, count * width);
    FloatPointer q = projected.room(3 * count * width);
    Blas.multiplyByTransposed(count, 3 * width, width, seen, parameters.at(projections), 0, q);
    FloatPointer k = projected.view();
    FloatPointer v = projected.view();
    FloatPointer score = scores.room(batch.rows() * heads * square);
    weights = Node.room(weights, batch.rows() * heads * square);
    FloatPointer mix = mixed.room(count * width);
    for (int part = 0; part < batch.rows() * heads; part++) {
      int row = part / heads;
      long at = 3L * row * steps * width + (long) part % heads * head();
      q.position(at);
      k.position(at + width);
      v.position(at + 2L * width);
      score.position((long) part * square);
      Blas.multiply(
          CblasNoTrans,
          CblasTrans,
          steps,
          steps,
          head(),
          scale(),
          q,
          3 * width,
          k,
          3 * width,
          score,
          steps);
      score.get(weights, part * square, square);
      for (int step = 0; step < steps; step++) {
        softmax(part * square + step * steps, batch.lengths()[row]);
      }
      score.put(weights, part * square, square);
      mix.position((long) row * steps * width + (long) part % heads * head());
      Blas.multiply(
          CblasNoTrans,
          CblasNoTrans,
          steps,
          head(),
          steps,
          1,
          score,
          steps,
          v,
          3 * width,
          mix,
          width);
    }
    outputs = Node.room(outputs, count * width);
    FloatPointer result = ofScores.room(count * width);
    Blas.multiplyByTransposed(count, width, width, mixed.at(0), parameters.at(output), 0, result);
    result.get(outputs, 0, count * width);
    return outputs;
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    int count = batch.rows() * steps;
    int square = steps * steps;
    FloatPointer given = ofScores.put(gradients, count * width);
    Blas.multiplyTransposed(
        width, width, count, given, mixed.at(0), 0, parameters.gradient(output));
    parameters.fetch(output);
    FloatPointer ofMixed = mixed.at(0);
    Blas.multiply(count, width, width, given, parameters.at(output), 0, ofMixed);

    ofWeights = Node.room(ofWeights, square);
    FloatPointer q = projected.view();
    FloatPointer k = projected.view();
    FloatPointer v = projected.view();
    FloatPointer ofQ = ofProjected.room(3 * count * width);
    FloatPointer ofK = ofProjected.view();
    FloatPointer ofV = ofProjected.view();
    FloatPointer weight = scores.at(0);
    FloatPointer ofWeight = ofScores.room(square);
    for (int part = 0; part < batch.rows() * heads; part++) {
      int row = part / heads;
      long at = 3L * row * steps * width + (long) part % heads * head();
      q.position(at);
      k.position(at + width);
      v.position(at + 2L * width);
      ofQ.position(at);
      ofK.position(at + width);
      ofV.position(at + 2L * width);
      weight.position((long) part * square);
      ofMixed.position((long) row * steps * width + (long) part % heads * head());
      Blas.multiply(
          CblasTrans,
          CblasNoTrans,
          steps,
          head(),
          steps,
          1,
          weight,
          steps,
          ofMixed,
          width,
          ofV,
          3 * width);
      Blas.multiply(
          CblasNoTrans,
          CblasTrans,
          steps,
          steps,
          head(),
          1,
          ofMixed,
          width,
          v,
          3 * width,
          ofWeight,
          steps);
      ofWeight.get(ofWeights, 0, square);
      ofSoftmax(part * square);
      ofWeight.put(ofWeights, 0, square);
      Blas.multiply(
          CblasNoTrans,
          CblasNoTrans,
          steps,
          head(),
          steps,
          scale(),
          ofWeight,
          steps,
          k,
          3 * width,
          ofQ,
          3 * width);
      Blas.multiply(
          CblasTrans,
          CblasNoTrans,
          steps,
          head(),
          steps,
          scale(),
          ofWeight,
          steps,
          q,
          3 * width,
          ofK,
          3 * width);
    }
    FloatPointer all = ofProjected.at(0);
    Blas.multiplyTransposed(
        3 * width, width, count, all, inputs.at(0), 0, parameters.gradient(projections));
    parameters.fetch(projections);
    ofInputs = Node.room(ofInputs, count * width);
    FloatPointer result = inputs.at(0);
    Blas.multiply(count, width, 3 * width, all, parameters.at(projections), 0, result);
    result.get(ofInputs, 0, count * width);
    return ofInputs;
  }

  /** Turns the scores of a step into weights, which are zero for steps that the row lacks. */
  private void softmax(int from, int length) {
    float max = weights[from];
    for (int i = from; i < from + length; i++) {
      max = Math.max(max, weights[i]);
    }
    float sum = 0;
    for (int i = from; i < from + length; i++) {
      weights[i] = Exponential.exp(weights[i] - max);
      sum += weights[i];
    }
    for (int i = from; i < from + length; i++) {
      weights[i] /= sum;
    }
    Arrays.fill(weights, from + length, from + steps, 0);
  }

  /** From the gradients of the weights to those of the scores they were made of. */
  private void ofSoftmax(int from) {
    for (int step = 0; step < steps; step++) {
      int at = step * steps;
      float sum = 0;
      for (int i = 0; i < steps; i++) {
        sum += ofWeights[at + i] * weights[from + at + i];
      }
      for (int i = 0; i < steps; i++) {
        ofWeights[at + i] = weights[from + at + i] * (ofWeights[at + i] - sum);
      }
    }
  }

  @Override
  public void close() {
    inputs.close();
    projected.close();
    scores.close();
    mixed.close();
    ofScores.close();
    ofProjected.close();
  }
}
