package org.fettle.optimizers.data;

import static java.util.Objects.requireNonNull;

/**
 * Rows of features, each with its target: the index of a class, or a value. Neither array is copied
 * in or out; see {@link FloatMatrix}.
 */
public final class Examples {

  private final FloatMatrix features;
  private final float[] targets;

  public Examples(FloatMatrix features, float[] targets) {
    requireNonNull(features, "features is null");
    requireNonNull(targets, "targets is null");
    if (targets.length == 0) {
      throw new IllegalArgumentException("Examples must not be empty, but had 0 rows");
    }
    if (features.rows() != targets.length) {
      throw new IllegalArgumentException(
          "Targets must be as many as rows of features (%d), but were %d"
              .formatted(features.rows(), targets.length));
    }
    this.features = features;
    this.targets = targets;
  }

  public FloatMatrix features() {
    return features;
  }

  /** The array itself. */
  public float[] targets() {
    return targets;
  }

  public int rows() {
    return targets.length;
  }

  /** New examples: the rows with these indices, in this order. */
  public Examples select(int[] indices) {
    float[] selected = new float[indices.length];
    for (int row = 0; row < indices.length; row++) {
      selected[row] = targets[indices[row]];
    }
    return new Examples(features.select(indices), selected);
  }

  @Override
  public String toString() {
    return "Examples[" + features + "]";
  }
}
