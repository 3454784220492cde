package org.fettle.optimizers.dl4j.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.fettle.optimizers.dl4j.files.KerasFile.Tensor;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;
import org.fettle.optimizers.network.Layer.Recurrent.Direction;
import org.fettle.optimizers.network.Shape;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * Weights of Keras in the order of {@link org.fettle.optimizers.loop.Layout}, block by block. A
 * bias that a layer has not is 0. Where the file has no weights, or they are not to be kept, there
 * are none.
 */
final class KerasWeights {

  /** In Keras: input, forget, cell, output. In ours: cell, forget, output, input. */
  private static final int[] LSTM = {2, 1, 3, 0};

  /** In Keras: update, reset, taken in; the biases of the inputs, then those of the states. */
  private static final int[] GRU = {1, 0, 2};

  private static final int[] BIASES_OF_GRU = {1, 0, 2, 4, 3, 5};

  private final KerasFile file;
  private final boolean keep;

  KerasWeights(KerasFile file, boolean keep) {
    this.file = file;
    this.keep = keep;
  }

  private List<Tensor> tensors(String layer, String part, String... names) {
    List<Tensor> tensors = new ArrayList<>();
    for (String name : names) {
      if (keep) {
        file.tensor(layer, part, name).ifPresent(tensors::add);
      }
    }
    return tensors.size() == names.length ? tensors : List.of();
  }

  private float[] bias(String layer, String part, int units) {
    return file.tensor(layer, part, "bias").map(Tensor::values).orElseGet(() -> new float[units]);
  }

  List<float[]> dense(String layer) {
    return dense(layer, input -> input);
  }

  /** Behind a flattened image, whose pixels Keras has channel by channel within each place. */
  List<float[]> dense(String layer, Shape.Image image) {
    int channels = image.channels();
    return dense(layer, input -> input % image.pixels() * channels + input / image.pixels());
  }

  /**
   * Dense weights.
   *
   * @param theirs the index that Keras gives to an input of ours
   */
  private List<float[]> dense(String layer, IntUnaryOperator theirs) {
    List<Tensor> tensors = tensors(layer, "", "kernel");
    if (tensors.isEmpty()) {
      return List.of();
    }
    Tensor kernel = tensors.get(0);
    int units = kernel.shape()[1];
    return List.of(transposed(kernel, theirs), bias(layer, "", units));
  }

  private static float[] transposed(Tensor kernel, IntUnaryOperator theirs) {
    int inputs = kernel.shape()[0];
    int units = kernel.shape()[1];
    float[] weights = new float[inputs * units];
    for (int unit = 0; unit < units; unit++) {
      for (int input = 0; input < inputs; input++) {
        weights[unit * inputs + input] = kernel.values()[theirs.applyAsInt(input) * units + unit];
      }
    }
    return weights;
  }

  /** One output with a sigmoid says as much as two, the first of which is always 0. */
  static List<float[]> ofTwoClasses(List<float[]> values) {
    return values.stream()
        .map(
            each -> {
              float[] two = new float[2 * each.length];
              System.arraycopy(each, 0, two, each.length, each.length);
              return two;
            })
        .toList();
  }

  List<float[]> convolution(String layer) {
    List<Tensor> tensors = tensors(layer, "", "kernel");
    if (tensors.isEmpty()) {
      return List.of();
    }
    int[] shape = tensors.get(0).shape();
    float[] from = tensors.get(0).values();
    int area = shape[0] * shape[1];
    int channels = shape[2];
    int filters = shape[3];
    float[] weights = new float[from.length];
    for (int place = 0; place < area; place++) {
      for (int channel = 0; channel < channels; channel++) {
        for (int filter = 0; filter < filters; filter++) {
          weights[(filter * channels + channel) * area + place] =
              from[(place * channels + channel) * filters + filter];
        }
      }
    }
    return List.of(weights, bias(layer, "", filters));
  }

  /** Variances take up the difference between Keras's ε and ours, so that predictions agree. */
  List<float[]> batchNormalisation(String layer, JsonNode config) {
    List<Tensor> moments = tensors(layer, "", "moving_mean", "moving_variance");
    if (moments.isEmpty()) {
      return List.of();
    }
    float[] means = moments.get(0).values();
    float[] variances = moments.get(1).values().clone();
    double more = config.path("epsilon").asDouble(1e-3) - Layer.BatchNormalisation.EPSILON;
    for (int i = 0; i < variances.length; i++) {
      variances[i] = (float) Math.max(0, variances[i] + more);
    }
    return List.of(
        scales(layer, means.length),
        file.tensor(layer, "", "beta").map(Tensor::values).orElseGet(() -> new float[means.length]),
        means,
        variances);
  }

  private float[] scales(String layer, int units) {
    float[] ones = new float[units];
    Arrays.fill(ones, 1);
    return file.tensor(layer, "", "gamma").map(Tensor::values).orElse(ones);
  }

  List<float[]> layerNormalisation(String layer) {
    return tensors(layer, "", "gamma", "beta").stream().map(Tensor::values).toList();
  }

  List<float[]> recurrent(String layer, Cell cell, Direction direction) {
    List<float[]> blocks = new ArrayList<>();
    for (String part :
        direction == Direction.FORWARD ? List.of("") : List.of("forward", "backward")) {
      List<Tensor> tensors = tensors(layer, part, "kernel", "recurrent_kernel");
      if (tensors.isEmpty()) {
        return List.of();
      }
      int all = tensors.get(0).shape()[1];
      int units = tensors.get(1).shape()[0];
      float[] bias = bias(layer, part, cell.biases() * all);
      int[] gates = gates(cell);
      for (Tensor tensor : tensors) {
        blocks.add(ordered(transposed(tensor, input -> input), gates));
      }
      if (cell == Cell.LSTM) {
        float[] ordered = ordered(bias, gates);
        blocks.add(Arrays.copyOf(ordered, units));
        blocks.add(Arrays.copyOfRange(ordered, units, 2 * units));
        blocks.add(Arrays.copyOfRange(ordered, 2 * units, 4 * units));
      } else {
        blocks.add(ordered(bias, cell == Cell.GRU ? BIASES_OF_GRU : gates));
      }
    }
    return blocks;
  }

  private static int[] gates(Cell cell) {
    return switch (cell) {
      case LSTM -> LSTM;
      case GRU -> GRU;
      case SIMPLE -> new int[] {0};
    };
  }

  /** Parts of equal length in another order. */
  private static float[] ordered(float[] values, int[] parts) {
    float[] ordered = new float[values.length];
    int each = values.length / parts.length;
    for (int part = 0; part < parts.length; part++) {
      System.arraycopy(values, parts[part] * each, ordered, part * each, each);
    }
    return ordered;
  }
}
