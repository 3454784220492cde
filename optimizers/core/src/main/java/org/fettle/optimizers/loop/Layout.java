package org.fettle.optimizers.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.ParameterBlock;
import org.fettle.optimizers.training.ParameterBlock.Role;

/**
 * Where a network's parameters lie among all, and what they begin with: the same for every engine.
 *
 * <p>Layers come in order, those of a residual in its place, the output layer last. Of each:
 *
 * <ul>
 *   <li>dense: a unit's weights after the other's, then the biases
 *   <li>convolution: a filter's weights after the other's, each by channel, row and column; biases
 *   <li>normalisations: scales, shifts; of a batch also the running means and variances
 *   <li>learned positions: step by step
 *   <li>self-attention: as dense layers without biases, queries, keys and values, head by head;
 *       then the outputs
 *   <li>recurrent, for each reading: the weights of the inputs, those of the states, the biases; of
 *       an LSTM's units first what they take in, then forget, output and input gates; of a GRU's
 *       reset gates, update gates, then what they take in, and the biases of the inputs before
 *       those of the states
 * </ul>
 */
public record Layout(List<Block> blocks) {

  /** The longest array of a JVM. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  public Layout {
    blocks = List.copyOf(blocks);
  }

  /**
   * That of a network.
   *
   * @throws ArithmeticException where there are more parameters than an array holds
   */
  public static Layout of(NetworkSpec network) {
    Builder builder = new Builder();
    builder.chain(network.layers(), network.input());
    builder.dense(network.features(), network.outputs());
    return new Layout(builder.blocks);
  }

  /** Says that a network has more parameters than an array holds; empty where it has not. */
  public static Optional<String> tooLarge(NetworkSpec network) {
    return network.parameterCount() <= MOST
        ? Optional.empty()
        : Optional.of(
            "Parameters must be at most %d, but were %d".formatted(MOST, network.parameterCount()));
  }

  /** That of one layer by itself, behind a shape. */
  public static Layout of(Layer layer, Shape input) {
    Builder builder = new Builder();
    builder.add(layer, input);
    return new Layout(builder.blocks);
  }

  /** How many parameters there are. */
  public int length() {
    return blocks.stream().mapToInt(Block::length).sum();
  }

  /** What training has to know of them. */
  public List<ParameterBlock> described() {
    return blocks.stream().map(Block::described).toList();
  }

  /** The first values of all, in a network that is laid out so. */
  public float[] initial(NetworkSpec network, RandomGenerator random) {
    float[] values = initial(network.initialisation(), random);
    network.first().ifPresent(given -> replace(given.values(), values));
    return values;
  }

  private static void replace(float[] given, float[] values) {
    if (given.length != values.length) {
      throw new IllegalArgumentException(
          "First values must be %d, as the network's parameters, but were %d"
              .formatted(values.length, given.length));
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.isNaN(given[i]) ? values[i] : given[i];
    }
  }

  private float[] initial(Initialisation initialisation, RandomGenerator random) {
    float[] values = new float[length()];
    for (Block block : blocks) {
      if (block.role() == Role.WEIGHTS) {
        float[] weights = new float[block.length()];
        initialisation.fill(weights, block.perUnit(), block.fanIn(), block.fanOut(), random);
        System.arraycopy(weights, 0, values, block.offset(), weights.length);
      } else {
        Arrays.fill(values, block.offset(), block.offset() + block.length(), block.initial());
      }
    }
    return values;
  }

  private static final class Builder {

    private final List<Block> blocks = new ArrayList<>();
    private int length;

    private void chain(List<Layer> layers, Shape input) {
      Shape shape = input;
      for (Layer layer : layers) {
        add(layer, shape);
        shape = layer.output(shape);
      }
    }

    private void add(Layer layer, Shape input) {
      if (layer instanceof Layer.Dense dense) {
        dense(features(input), dense.units());
      } else if (layer instanceof Layer.Convolution convolution) {
        int area = convolution.kernel() * convolution.kernel();
        int seen = ((Shape.Image) input).channels() * area;
        weights(convolution.filters(), seen, seen, convolution.filters() * area);
        others(convolution.filters(), 0);
      } else if (layer instanceof Layer.BatchNormalisation) {
        int channels = input instanceof Shape.Image image ? image.channels() : input.size();
        others(channels, 1);
        others(channels, 0);
        claim(Role.STATISTICS, channels, 1, 1, 1, 0);
        claim(Role.STATISTICS, channels, 1, 1, 1, 1);
      } else if (layer instanceof Layer.LayerNormalisation) {
        others(features(input), 1);
        others(features(input), 0);
      } else if (layer instanceof Layer.Positions positions) {
        if (positions.kind() == Layer.Positions.Kind.LEARNED) {
          others(input.size(), 0);
        }
      } else if (layer instanceof Layer.SelfAttention) {
        int width = features(input);
        weights(3 * width, width, width, width);
        weights(width, width, width, width);
      } else if (layer instanceof Layer.Recurrent recurrent) {
        for (int reading = 0; reading < recurrent.readings(); reading++) {
          reading(recurrent, features(input));
        }
      } else if (layer instanceof Layer.Residual residual) {
        chain(residual.layers(), input);
      }
    }

    private void reading(Layer.Recurrent layer, int inputs) {
      int units = layer.units();
      int all = Math.multiplyExact(layer.cell().gates(), units);
      weights(all, inputs, inputs, units);
      weights(all, units, units, units);
      if (layer.cell() == Layer.Recurrent.Cell.LSTM) {
        others(units, 0);
        // The forget gate begins open.
        others(units, 1);
        others(2 * units, 0);
      } else {
        others(Math.multiplyExact(layer.cell().biases(), all), 0);
      }
    }

    private void dense(int inputs, int units) {
      weights(units, inputs, inputs, units);
      others(units, 0);
    }

    private void weights(int units, int perUnit, int fanIn, int fanOut) {
      claim(Role.WEIGHTS, units, perUnit, fanIn, fanOut, 0);
    }

    private void others(int units, float initial) {
      claim(Role.OTHERS, units, 1, 1, 1, initial);
    }

    private void claim(Role role, int units, int perUnit, int fanIn, int fanOut, float initial) {
      blocks.add(new Block(role, length, units, perUnit, fanIn, fanOut, initial));
      length = Math.addExact(length, Math.multiplyExact(units, perUnit));
    }

    /** Of a row, or of a step. */
    private static int features(Shape input) {
      return input instanceof Shape.Sequence sequence ? sequence.features() : input.size();
    }
  }
}
