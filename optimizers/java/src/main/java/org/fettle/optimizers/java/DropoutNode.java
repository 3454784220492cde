package org.fettle.optimizers.java;

import java.util.SplittableRandom;

/**
 * Leaves out numbers while training, and raises the others. A step's generator gives a seed, and a
 * number's chance is the hash of the seed and its place (the end of MurmurHash3), as such loops are
 * compiled to vector instructions and a generator's are not.
 */
final class DropoutNode implements Node {

  private static final double INTEGERS = 4294967296.0;

  /** 2^32 divided by the golden ratio. */
  private static final int STRIDE = 0x9e3779b9;

  private final int size;
  private final int threshold;

  /** What a number is multiplied by if it is kept, and if it is not. */
  private final float[] kept;

  private int[] places = new int[0];
  private int[] chances = new int[0];
  private float[] factors = new float[0];
  private float[] outputs = new float[0];

  DropoutNode(double rate, int size) {
    this.size = size;
    this.threshold = (int) Math.round(rate * INTEGERS + Integer.MIN_VALUE);
    this.kept = new float[] {(float) (1 / (1 - rate)), 0};
  }

  @Override
  public float[] forward(Batch batch, float[] inputs) {
    if (!batch.training()) {
      return inputs;
    }
    SplittableRandom random = batch.dropouts().orElseThrow();
    int length = batch.rows() * size;
    makeRoom(length);
    hash(random.nextInt(), length);
    for (int i = 0; i < length; i++) {
      factors[i] = kept[(int) (((long) chances[i] - threshold) >>> 63)];
    }
    for (int i = 0; i < length; i++) {
      outputs[i] = inputs[i] * factors[i];
    }
    return outputs;
  }

  private void makeRoom(int length) {
    factors = Node.room(factors, length);
    outputs = Node.room(outputs, length);
    if (places.length < length) {
      chances = new int[length];
      places = new int[length];
      for (int i = 0; i < length; i++) {
        places[i] = i * STRIDE;
      }
    }
  }

  private void hash(int seed, int length) {
    for (int i = 0; i < length; i++) {
      int h = seed + places[i];
      h = (h ^ (h >>> 16)) * 0x85ebca6b;
      h = (h ^ (h >>> 13)) * 0xc2b2ae35;
      chances[i] = h ^ (h >>> 16);
    }
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    for (int i = 0; i < batch.rows() * size; i++) {
      gradients[i] *= factors[i];
    }
    return gradients;
  }
}
