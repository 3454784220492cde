package org.fettle.optimizers.torch;

import org.bytedeco.pytorch.Tensor;

/**
 * A layer at work in several networks at once. Rows of features are {@code [models, rows,
 * features]}, sequences {@code [models, rows, steps, features]} and images {@code [rows, models ·
 * channels, height, width]}; with one model its dimension is left out.
 */
@FunctionalInterface
interface Node {
  Tensor forward(Pass pass, Tensor inputs);
}
