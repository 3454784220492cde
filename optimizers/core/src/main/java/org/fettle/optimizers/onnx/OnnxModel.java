package org.fettle.optimizers.onnx;

import java.util.Arrays;
import java.util.List;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Padding;
import org.fettle.optimizers.network.Pooling;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.onnx.Graph.Attribute;
import org.fettle.optimizers.training.Loss;

/**
 * A trained network as a file of ONNX, with imputation and scaling of its features, and the unit of
 * its target, in it.
 *
 * <p>Its input {@value #INPUT} has a row of doubles for each row: numbers as they are, NaN where
 * missing, and a 1 or 0 for each category, in the order of the model's schema. Outputs are {@value
 * #PREDICTION}, the label or the value, and of classes {@value #PROBABILITY}.
 */
public final class OnnxModel {

  static final String INPUT = "features";
  static final String PREDICTION = "prediction";
  static final String PROBABILITY = "probability";

  /** Small enough to change no normalisation, and a row of equal features to no number at all. */
  private static final float NO_EPSILON = 1e-20f;

  private final Graph graph = new Graph();
  private final float[] weights;
  private int next;

  private OnnxModel(float[] weights) {
    this.weights = weights;
  }

  /**
   * The file's bytes.
   *
   * @param weights in the order of {@link org.fettle.optimizers.engine.WeightsFile}
   * @param labels of the classes; none for a regression
   * @throws IllegalArgumentException where rows are sequences: those are not written yet
   */
  public static byte[] of(
      NetworkSpec network,
      Loss.Link link,
      float[] weights,
      OnnxScaling scaling,
      List<String> labels) {
    if (network.input() instanceof Shape.Sequence) {
      throw new IllegalArgumentException(
          "Rows must be of a table or images to be written as ONNX, but were sequences; use"
              + " fettle predict");
    }
    OnnxModel model = new OnnxModel(weights);
    model.write(network, link, scaling, labels);
    if (model.next != weights.length) {
      throw new IllegalArgumentException(
          "Weights must be %d, as the network has, but were %d"
              .formatted(model.next, weights.length));
    }
    return model.graph.model(
        "Input: rows of numbers as they are, NaN where missing, and 1 or 0"
            + " for each category, in the order of schema.json");
  }

  private void write(
      NetworkSpec network, Loss.Link link, OnnxScaling scaling, List<String> labels) {
    graph.input(INPUT, Graph.DOUBLE, network.inputs());
    String values = scaled(scaling);
    if (network.input() instanceof Shape.Image image) {
      String shape = graph.integers("shape", -1, image.channels(), image.height(), image.width());
      values = graph.node("Reshape", List.of(values, shape));
    }
    values = chain(network.layers(), network.input(), values);
    String sums = dense(values, network.features(), network.outputs());
    if (link == Loss.Link.SOFTMAX) {
      graph.node("Softmax", PROBABILITY, List.of(sums), Attribute.of("axis", 1L));
      String best =
          graph.node(
              "ArgMax",
              List.of(PROBABILITY),
              Attribute.of("axis", 1L),
              Attribute.of("keepdims", 0L));
      graph.node("Gather", PREDICTION, List.of(graph.texts("labels", labels), best));
      graph.output(PREDICTION, Graph.STRING, 0);
      graph.output(PROBABILITY, Graph.FLOAT, network.outputs());
      return;
    }
    String said = link == Loss.Link.EXP ? graph.node("Exp", List.of(sums)) : sums;
    double[] target = scaling.target().orElse(new double[] {0, 1});
    String wide = graph.node("Cast", List.of(said), Attribute.of("to", (long) Graph.DOUBLE));
    String unit = graph.doubles("unit", new double[] {target[1]});
    String mean = graph.doubles("mean", new double[] {target[0]});
    String value = graph.node("Mul", List.of(wide, unit));
    value = graph.node("Add", List.of(value, mean));
    value = graph.node("Squeeze", List.of(value, graph.integers("axis", 1)));
    graph.node("Cast", PREDICTION, List.of(value), Attribute.of("to", (long) Graph.FLOAT));
    graph.output(PREDICTION, Graph.FLOAT, 0);
  }

  /** In doubles, and then rounded, as in training. */
  private String scaled(OnnxScaling scaling) {
    String missing = graph.node("IsNaN", List.of(INPUT));
    String imputed = graph.doubles("imputed", scaling.imputed());
    String there = graph.node("Where", List.of(missing, imputed, INPUT));
    String mean = graph.doubles("means", scaling.means());
    String deviation = graph.doubles("deviations", scaling.deviations());
    String centred = graph.node("Sub", List.of(there, mean));
    String scaled = graph.node("Div", List.of(centred, deviation));
    return graph.node("Cast", List.of(scaled), Attribute.of("to", (long) Graph.FLOAT));
  }

  private float[] take(int count) {
    if (next + count > weights.length) {
      throw new IllegalArgumentException(
          "Weights must be more, as the network has, but were " + weights.length);
    }
    next += count;
    return Arrays.copyOfRange(weights, next - count, next);
  }

  private String chain(List<Layer> layers, Shape input, String values) {
    Shape shape = input;
    String last = values;
    for (Layer layer : layers) {
      last = layer(layer, shape, last);
      shape = layer.output(shape);
    }
    return last;
  }

  private String layer(Layer layer, Shape input, String values) {
    if (layer instanceof Layer.Dense dense) {
      return activated(dense.activation(), dense(values, input.size(), dense.units()));
    } else if (layer instanceof Layer.Activate activate) {
      return activated(activate.activation(), values);
    } else if (layer instanceof Layer.Dropout) {
      return values;
    } else if (layer instanceof Layer.BatchNormalisation) {
      int channels = input instanceof Shape.Image image ? image.channels() : input.size();
      return graph.node(
          "BatchNormalization",
          List.of(
              values,
              graph.floats("scales", take(channels), channels),
              graph.floats("shifts", take(channels), channels),
              graph.floats("means", take(channels), channels),
              graph.floats("variances", take(channels), channels)),
          Attribute.of("epsilon", (float) Layer.BatchNormalisation.EPSILON));
    } else if (layer instanceof Layer.LayerNormalisation) {
      int width = input.size();
      return graph.node(
          "LayerNormalization",
          List.of(
              values,
              graph.floats("scales", take(width), width),
              graph.floats("shifts", take(width), width)),
          Attribute.of("axis", -1L),
          Attribute.of("epsilon", NO_EPSILON));
    } else if (layer instanceof Layer.Convolution convolution) {
      return convolution(convolution, (Shape.Image) input, values);
    } else if (layer instanceof Layer.Pool pool) {
      String kind = pool.pooling() == Pooling.MAX ? "MaxPool" : "AveragePool";
      return graph.node(
          kind,
          List.of(values),
          windows(
              (Shape.Image) input,
              pool.output(input),
              pool.kernel(),
              pool.stride(),
              pool.padding()));
    } else if (layer instanceof Layer.GlobalPool pool) {
      String kind = pool.pooling() == Pooling.MAX ? "GlobalMaxPool" : "GlobalAveragePool";
      return flat(graph.node(kind, List.of(values)));
    } else if (layer instanceof Layer.Flatten) {
      return input instanceof Shape.Image ? flat(values) : values;
    } else if (layer instanceof Layer.Residual residual) {
      return graph.node("Add", List.of(values, chain(residual.layers(), input, values)));
    }
    throw new IllegalArgumentException("Layer must be one that ONNX has, but was " + layer.name());
  }

  private String flat(String values) {
    return graph.node("Flatten", List.of(values), Attribute.of("axis", 1L));
  }

  private String dense(String values, int inputs, int units) {
    return graph.node(
        "Gemm",
        List.of(
            values,
            graph.floats("weights", take(Math.multiplyExact(units, inputs)), units, inputs),
            graph.floats("biases", take(units), units)),
        Attribute.of("transB", 1L));
  }

  private String convolution(Layer.Convolution layer, Shape.Image input, String values) {
    int kernel = layer.kernel();
    int count = layer.filters() * input.channels() * kernel * kernel;
    String filters =
        graph.floats("filters", take(count), layer.filters(), input.channels(), kernel, kernel);
    String biases = graph.floats("biases", take(layer.filters()), layer.filters());
    String sums =
        graph.node(
            "Conv",
            List.of(values, filters, biases),
            windows(input, layer.output(input), kernel, layer.stride(), layer.padding()));
    return activated(layer.activation(), sums);
  }

  private static Attribute[] windows(
      Shape.Image input, Shape.Image output, int kernel, int stride, Padding padding) {
    int top = padding.before(input.height(), kernel, stride);
    int left = padding.before(input.width(), kernel, stride);
    int bottom = (output.height() - 1) * stride + kernel - input.height() - top;
    int right = (output.width() - 1) * stride + kernel - input.width() - left;
    return new Attribute[] {
      Attribute.of("kernel_shape", new long[] {kernel, kernel}),
      Attribute.of("strides", new long[] {stride, stride}),
      Attribute.of("pads", new long[] {top, left, Math.max(0, bottom), Math.max(0, right)})
    };
  }

  private String activated(Activation activation, String x) {
    return switch (activation) {
      case IDENTITY -> x;
      case RELU -> graph.node("Relu", List.of(x));
      case TANH -> graph.node("Tanh", List.of(x));
      case SIGMOID -> graph.node("Sigmoid", List.of(x));
      case LEAKY_RELU -> graph.node("LeakyRelu", List.of(x), Attribute.of("alpha", 0.01f));
      case ELU -> graph.node("Elu", List.of(x), Attribute.of("alpha", 1f));
      // The default factors are those of the paper, as ours.
      case SELU -> graph.node("Selu", List.of(x));
      case GELU -> {
        String factor = graph.floats("factor", new float[] {1.702f});
        String inner = graph.node("Mul", List.of(x, factor));
        yield graph.node("Mul", List.of(x, graph.node("Sigmoid", List.of(inner))));
      }
      case SWISH -> graph.node("Mul", List.of(x, graph.node("Sigmoid", List.of(x))));
      case SOFTPLUS -> graph.node("Softplus", List.of(x));
    };
  }
}
