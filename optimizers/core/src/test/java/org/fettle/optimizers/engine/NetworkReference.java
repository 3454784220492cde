package org.fettle.optimizers.engine;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;
import org.fettle.optimizers.network.Layer.Recurrent.Direction;
import org.fettle.optimizers.network.Layer.Recurrent.Says;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Pooling;
import org.fettle.optimizers.network.Shape;

/**
 * Every layer in doubles, written after its definition and for nothing but to be read, and the
 * gradient of the mean cross-entropy by central differences. A batch is all examples.
 *
 * <p>Parameters come layer by layer: weights unit by unit, then the rest. For a batch normalisation
 * these are γ, β and the running mean and variance, for a recurrent layer, for each reading, the
 * weights of the inputs, those of the states, and the biases (of a GRU those of the inputs, then
 * those of the states), for self-attention the weights of queries, keys, values and outputs.
 */
final class NetworkReference {

  private final NetworkSpec network;
  private final Examples examples;
  private final int[] lengths;
  private double[] parameters = new double[0];
  private final BitSet statistics = new BitSet();
  private int next;

  NetworkReference(NetworkSpec network, Examples examples) {
    this.network = network;
    this.examples = examples;
    this.lengths = new int[examples.rows()];
    if (network.input() instanceof Shape.Sequence sequence) {
      for (int row = 0; row < lengths.length; row++) {
        lengths[row] = sequence.length(examples.features().values(), row * sequence.size());
      }
    }
  }

  /** Which of the parameters are running means and variances; known once a loss was computed. */
  BitSet statistics() {
    return statistics;
  }

  /** How the loss changes with each parameter; not with the statistics. */
  double[] gradient(double[] at) {
    double step = 1e-5;
    double[] gradient = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      double[] moved = at.clone();
      moved[i] = at[i] + step;
      double above = loss(moved);
      moved[i] = at[i] - step;
      gradient[i] = (above - loss(moved)) / (2 * step);
    }
    return gradient;
  }

  double loss(double[] values) {
    double sum = 0;
    double[][] sums = sums(values);
    for (int row = 0; row < sums.length; row++) {
      double total = Arrays.stream(sums[row]).map(Math::exp).sum();
      sum += Math.log(total) - sums[row][(int) examples.targets()[row]];
    }
    return sum / sums.length;
  }

  private double[][] sums(double[] values) {
    parameters = values;
    next = 0;
    double[][] rows = new double[examples.rows()][network.inputs()];
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < network.inputs(); column++) {
        float value = examples.features().at(row, column);
        rows[row][column] = Float.isNaN(value) ? 0 : value;
      }
    }
    double[][] features = chain(network.layers(), network.input(), rows);
    double[][] sums = dense(features, 1, network.features(), network.outputs());
    if (next != parameters.length) {
      throw new AssertionError("Read " + next + " of " + parameters.length + " parameters");
    }
    return sums;
  }

  private double[][] chain(List<Layer> layers, Shape input, double[][] rows) {
    Shape shape = input;
    double[][] values = rows;
    for (Layer layer : layers) {
      values = apply(layer, shape, values);
      shape = layer.output(shape);
    }
    return values;
  }

  private double[][] apply(Layer layer, Shape input, double[][] rows) {
    if (layer instanceof Layer.Dense dense) {
      int vectors = input instanceof Shape.Sequence sequence ? sequence.steps() : 1;
      double[][] sums = dense(rows, vectors, input.size() / vectors, dense.units());
      return activated(dense.activation(), sums);
    }
    if (layer instanceof Layer.Activate activate) {
      return activated(activate.activation(), rows);
    }
    if (layer instanceof Layer.BatchNormalisation) {
      return batchNormalised(rows, input instanceof Shape.Image image ? image.pixels() : 1);
    }
    if (layer instanceof Layer.LayerNormalisation) {
      return layerNormalised(
          rows, input instanceof Shape.Sequence sequence ? sequence.features() : input.size());
    }
    if (layer instanceof Layer.Convolution convolution) {
      return convolved(convolution, (Shape.Image) input, rows);
    }
    if (layer instanceof Layer.Pool pool) {
      return pooled(pool, (Shape.Image) input, rows);
    }
    if (layer instanceof Layer.GlobalPool pool) {
      return globallyPooled(pool, input, rows);
    }
    if (layer instanceof Layer.Flatten) {
      return input instanceof Shape.Sequence sequence ? cut(sequence, rows) : rows;
    }
    if (layer instanceof Layer.LastStep) {
      int width = ((Shape.Sequence) input).features();
      double[][] last = new double[rows.length][];
      for (int row = 0; row < rows.length; row++) {
        int end = lengths[row] * width;
        last[row] = Arrays.copyOfRange(rows[row], end - width, end);
      }
      return last;
    }
    if (layer instanceof Layer.Recurrent recurrent) {
      return recurrent(recurrent, (Shape.Sequence) input, rows);
    }
    if (layer instanceof Layer.Positions positions) {
      return positioned(positions, (Shape.Sequence) input, rows);
    }
    if (layer instanceof Layer.SelfAttention attention) {
      return attended(attention.heads(), (Shape.Sequence) input, rows);
    }
    if (layer instanceof Layer.Residual residual) {
      return added(rows, chain(residual.layers(), input, rows));
    }
    throw new AssertionError(layer);
  }

  private double take() {
    return parameters[next++];
  }

  private double[] take(int count) {
    next += count;
    return Arrays.copyOfRange(parameters, next - count, next);
  }

  private double[][] matrix(int units, int inputs) {
    double[][] matrix = new double[units][];
    for (int unit = 0; unit < units; unit++) {
      matrix[unit] = take(inputs);
    }
    return matrix;
  }

  private static double[][] added(double[][] a, double[][] b) {
    double[][] sums = new double[a.length][a[0].length];
    for (int row = 0; row < a.length; row++) {
      for (int i = 0; i < a[row].length; i++) {
        sums[row][i] = a[row][i] + b[row][i];
      }
    }
    return sums;
  }

  private static double[] sum(double[] a, double[] b) {
    return added(new double[][] {a}, new double[][] {b})[0];
  }

  /** W·x. */
  private static double[] product(double[][] weights, double[] x) {
    double[] sums = new double[weights.length];
    for (int unit = 0; unit < weights.length; unit++) {
      for (int i = 0; i < x.length; i++) {
        sums[unit] += weights[unit][i] * x[i];
      }
    }
    return sums;
  }

  private double[][] dense(double[][] rows, int vectors, int inputs, int units) {
    double[][] weights = matrix(units, inputs);
    double[] biases = take(units);
    double[][] sums = new double[rows.length][vectors * units];
    for (int row = 0; row < rows.length; row++) {
      for (int vector = 0; vector < vectors; vector++) {
        double[] x = Arrays.copyOfRange(rows[row], vector * inputs, (vector + 1) * inputs);
        double[] products = product(weights, x);
        for (int unit = 0; unit < units; unit++) {
          sums[row][vector * units + unit] = products[unit] + biases[unit];
        }
      }
    }
    return sums;
  }

  private static double[][] activated(Activation activation, double[][] rows) {
    return Arrays.stream(rows)
        .map(row -> Arrays.stream(row).map(x -> activate(activation, x)).toArray())
        .toArray(double[][]::new);
  }

  static double activate(Activation activation, double x) {
    return switch (activation) {
      case IDENTITY -> x;
      case RELU -> Math.max(0, x);
      case TANH -> Math.tanh(x);
      case SIGMOID -> sigmoid(x);
      case LEAKY_RELU -> x > 0 ? x : x / 100;
      case ELU -> x > 0 ? x : Math.expm1(x);
      case SELU -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x));
      case GELU -> x * sigmoid(1.702 * x);
      case SWISH -> x * sigmoid(x);
      case SOFTPLUS -> Math.log1p(Math.exp(x));
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private double[][] batchNormalised(double[][] rows, int pixels) {
    int channels = rows[0].length / pixels;
    double[] scales = take(channels);
    double[] shifts = take(channels);
    statistics.set(next, next + 2 * channels);
    next += 2 * channels;
    double[][] result = new double[rows.length][rows[0].length];
    for (int channel = 0; channel < channels; channel++) {
      int from = channel * pixels;
      double[] all =
          Arrays.stream(rows)
              .flatMapToDouble(row -> Arrays.stream(row, from, from + pixels))
              .toArray();
      double mean = Arrays.stream(all).average().orElseThrow();
      double variance =
          Arrays.stream(all).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
      for (int row = 0; row < rows.length; row++) {
        for (int i = from; i < from + pixels; i++) {
          double normal = (rows[row][i] - mean) / Math.sqrt(variance + 1e-5);
          result[row][i] = scales[channel] * normal + shifts[channel];
        }
      }
    }
    return result;
  }

  private double[][] layerNormalised(double[][] rows, int width) {
    double[] scales = take(width);
    double[] shifts = take(width);
    double[][] result = new double[rows.length][rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      for (int from = 0; from < rows[row].length; from += width) {
        double[] x = Arrays.copyOfRange(rows[row], from, from + width);
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance =
            Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        for (int i = 0; i < width; i++) {
          double normal = variance == 0 ? 0 : (x[i] - mean) / Math.sqrt(variance);
          result[row][from + i] = scales[i] * normal + shifts[i];
        }
      }
    }
    return result;
  }

  private double[][] convolved(Layer.Convolution layer, Shape.Image input, double[][] rows) {
    int kernel = layer.kernel();
    Shape.Image output = layer.output(input);
    double[][] filters = matrix(layer.filters(), input.channels() * kernel * kernel);
    double[] biases = take(layer.filters());
    int top = layer.padding().before(input.height(), kernel, layer.stride());
    int left = layer.padding().before(input.width(), kernel, layer.stride());
    double[][] sums = new double[rows.length][output.size()];
    for (int row = 0; row < rows.length; row++) {
      for (int at = 0; at < output.size(); at++) {
        int filter = at / output.pixels();
        int y = at % output.pixels() / output.width() * layer.stride() - top;
        int x = at % output.width() * layer.stride() - left;
        double sum = biases[filter];
        for (int i = 0; i < filters[filter].length; i++) {
          int iy = y + i / kernel % kernel;
          int ix = x + i % kernel;
          if (iy >= 0 && iy < input.height() && ix >= 0 && ix < input.width()) {
            int channel = i / (kernel * kernel);
            sum +=
                filters[filter][i] * rows[row][channel * input.pixels() + iy * input.width() + ix];
          }
        }
        sums[row][at] = sum;
      }
    }
    return activated(layer.activation(), sums);
  }

  private static double[][] pooled(Layer.Pool layer, Shape.Image input, double[][] rows) {
    int kernel = layer.kernel();
    Shape.Image output = layer.output(input);
    int top = layer.padding().before(input.height(), kernel, layer.stride());
    int left = layer.padding().before(input.width(), kernel, layer.stride());
    double[][] result = new double[rows.length][output.size()];
    for (int row = 0; row < rows.length; row++) {
      for (int at = 0; at < output.size(); at++) {
        int y = at % output.pixels() / output.width() * layer.stride() - top;
        int x = at % output.width() * layer.stride() - left;
        double largest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        int count = 0;
        for (int i = 0; i < kernel * kernel; i++) {
          int iy = y + i / kernel;
          int ix = x + i % kernel;
          if (iy >= 0 && iy < input.height() && ix >= 0 && ix < input.width()) {
            int channel = at / output.pixels();
            double value = rows[row][channel * input.pixels() + iy * input.width() + ix];
            largest = Math.max(largest, value);
            sum += value;
            count++;
          }
        }
        result[row][at] = layer.pooling() == Pooling.MAX ? largest : sum / count;
      }
    }
    return result;
  }

  private double[][] globallyPooled(Layer.GlobalPool layer, Shape input, double[][] rows) {
    int features = layer.output(input).size();
    double[][] result = new double[rows.length][features];
    for (int row = 0; row < rows.length; row++) {
      for (int feature = 0; feature < features; feature++) {
        double[] all;
        if (input instanceof Shape.Image image) {
          int from = feature * image.pixels();
          all = Arrays.copyOfRange(rows[row], from, from + image.pixels());
        } else {
          all = new double[lengths[row]];
          for (int step = 0; step < all.length; step++) {
            all[step] = rows[row][step * features + feature];
          }
        }
        result[row][feature] =
            layer.pooling() == Pooling.MAX
                ? Arrays.stream(all).max().orElseThrow()
                : Arrays.stream(all).average().orElseThrow();
      }
    }
    return result;
  }

  private double[][] cut(Shape.Sequence input, double[][] rows) {
    double[][] result = new double[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      result[row] =
          Arrays.copyOf(Arrays.copyOf(rows[row], lengths[row] * input.features()), input.size());
    }
    return result;
  }

  private double[][] recurrent(Layer.Recurrent layer, Shape.Sequence input, double[][] rows) {
    int readings = layer.direction() == Direction.BIDIRECTIONAL ? 2 : 1;
    int units = layer.units();
    int width = readings * units;
    boolean every = layer.says() == Says.EVERY_STEP;
    double[][] result = new double[rows.length][every ? input.steps() * width : width];
    for (int reading = 0; reading < readings; reading++) {
      int sums = layer.cell().gates() * units;
      double[][] ofInputs = matrix(sums, input.features());
      double[][] ofStates = matrix(sums, units);
      double[] biases = take(sums);
      double[] ofReset = layer.cell() == Cell.GRU ? take(sums) : new double[sums];
      for (int row = 0; row < rows.length; row++) {
        double[] h = new double[units];
        double[] c = new double[units];
        for (int turn = 0; turn < lengths[row]; turn++) {
          int step = reading == 0 ? turn : lengths[row] - 1 - turn;
          double[] x =
              Arrays.copyOfRange(rows[row], step * input.features(), (step + 1) * input.features());
          double[] a = sum(product(ofInputs, x), biases);
          double[] b = sum(product(ofStates, h), ofReset);
          double[] z = sum(a, b);
          for (int unit = 0; unit < units; unit++) {
            if (layer.cell() == Cell.GRU) {
              double reset = sigmoid(z[unit]);
              double update = sigmoid(z[units + unit]);
              double taken = Math.tanh(a[2 * units + unit] + reset * b[2 * units + unit]);
              h[unit] = (1 - update) * taken + update * h[unit];
            } else if (layer.cell() == Cell.LSTM) {
              double forget = sigmoid(z[units + unit]);
              double gate = sigmoid(z[3 * units + unit]);
              c[unit] = forget * c[unit] + gate * Math.tanh(z[unit]);
              h[unit] = sigmoid(z[2 * units + unit]) * Math.tanh(c[unit]);
            } else {
              h[unit] = Math.tanh(z[unit]);
            }
          }
          int to = (every ? step * width : 0) + reading * units;
          System.arraycopy(h, 0, result[row], to, units);
        }
      }
    }
    return result;
  }

  private double[][] positioned(Layer.Positions layer, Shape.Sequence input, double[][] rows) {
    double[] added = new double[input.size()];
    for (int i = 0; i < added.length; i++) {
      int feature = i % input.features();
      double frequency = Math.pow(10_000, -(feature / 2 * 2) / (double) input.features());
      double angle = i / input.features() * frequency;
      added[i] =
          layer.kind() == Layer.Positions.Kind.LEARNED
              ? take()
              : feature % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
    }
    double[][] result = new double[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      result[row] = added(new double[][] {rows[row]}, new double[][] {added})[0];
    }
    return result;
  }

  private double[][] attended(int heads, Shape.Sequence input, double[][] rows) {
    int width = input.features();
    int head = width / heads;
    double[][] ofQueries = matrix(width, width);
    double[][] ofKeys = matrix(width, width);
    double[][] ofValues = matrix(width, width);
    double[][] ofOutputs = matrix(width, width);
    double[][] result = new double[rows.length][input.size()];
    for (int row = 0; row < rows.length; row++) {
      for (int step = 0; step < input.steps(); step++) {
        double[] query = product(ofQueries, step(rows[row], step, width));
        double[] mixed = new double[width];
        for (int h = 0; h < heads; h++) {
          double[] weights = new double[lengths[row]];
          for (int other = 0; other < weights.length; other++) {
            double[] key = product(ofKeys, step(rows[row], other, width));
            double score = 0;
            for (int i = h * head; i < (h + 1) * head; i++) {
              score += query[i] * key[i];
            }
            weights[other] = Math.exp(score / Math.sqrt(head));
          }
          double total = Arrays.stream(weights).sum();
          for (int other = 0; other < weights.length; other++) {
            double[] value = product(ofValues, step(rows[row], other, width));
            for (int i = h * head; i < (h + 1) * head; i++) {
              mixed[i] += weights[other] / total * value[i];
            }
          }
        }
        System.arraycopy(product(ofOutputs, mixed), 0, result[row], step * width, width);
      }
    }
    return result;
  }

  private static double[] step(double[] row, int step, int width) {
    return Arrays.copyOfRange(row, step * width, (step + 1) * width);
  }
}
