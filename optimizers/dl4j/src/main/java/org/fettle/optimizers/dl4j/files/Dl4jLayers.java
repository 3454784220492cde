package org.fettle.optimizers.dl4j.files;

import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;
import org.fettle.optimizers.network.Layer.Recurrent.Direction;
import org.fettle.optimizers.network.Layer.Recurrent.Says;
import org.fettle.optimizers.network.Padding;
import org.fettle.optimizers.network.Pooling;

/** Layers of Deeplearning4j in our terms. */
final class Dl4jLayers {

  private static final Map<String, Activation> ACTIVATIONS =
      Map.of(
          "identity", Activation.IDENTITY,
          "relu", Activation.RELU,
          "tanh", Activation.TANH,
          "sigmoid", Activation.SIGMOID,
          "leakyrelu(a=0.01)", Activation.LEAKY_RELU,
          "elu", Activation.ELU,
          "selu", Activation.SELU,
          "gelu", Activation.GELU,
          "swish", Activation.SWISH,
          "softplus", Activation.SOFTPLUS);

  private final String name;
  private final FileChain chain;

  private Dl4jLayers(String name, FileChain chain) {
    this.name = name;
    this.chain = chain;
  }

  /** Adds a layer, or a vertex that works like one. */
  static void add(String name, Object layer, FileChain chain) {
    new Dl4jLayers(name, chain).add(layer);
  }

  private void add(Object given) {
    if (given instanceof PreprocessorVertex) {
      throw refused("a preprocessor of its own; leave it to the shapes");
    }
    if (given instanceof LastTimeStepVertex) {
      chain.add(name, new Layer.LastStep());
      return;
    }
    org.deeplearning4j.nn.conf.layers.Layer layer = (org.deeplearning4j.nn.conf.layers.Layer) given;
    boolean dropsInputs = layer.getIDropout() != null && !(layer instanceof DropoutLayer);
    if (dropsInputs) {
      chain.add(name + "-input", new Layer.Dropout(rate(layer)));
    }
    chain.add(name, translated(layer));
  }

  private Layer translated(org.deeplearning4j.nn.conf.layers.Layer layer) {
    if (layer instanceof DropoutLayer) {
      return new Layer.Dropout(rate(layer));
    }
    if (layer instanceof DenseLayer dense && !dense.isHasLayerNorm()) {
      return new Layer.Dense(Math.toIntExact(dense.getNOut()), activation(dense));
    }
    if (layer instanceof ActivationLayer activate) {
      return new Layer.Activate(activation(String.valueOf(activate.getActivationFn())));
    }
    if (layer instanceof BatchNormalization) {
      return new Layer.BatchNormalisation();
    }
    if (layer.getClass() == ConvolutionLayer.class
        && layer instanceof ConvolutionLayer convolution) {
      return new Layer.Convolution(
          Math.toIntExact(convolution.getNOut()),
          square(convolution.getKernelSize()),
          square(convolution.getStride()),
          padding(convolution.getConvolutionMode(), convolution.getPadding()),
          activation(convolution));
    }
    if (layer.getClass() == SubsamplingLayer.class && layer instanceof SubsamplingLayer pool) {
      return new Layer.Pool(
          pooling(pool.getPoolingType()),
          square(pool.getKernelSize()),
          square(pool.getStride()),
          padding(pool.getConvolutionMode(), pool.getPadding()));
    }
    if (layer instanceof GlobalPoolingLayer pool) {
      return new Layer.GlobalPool(pooling(pool.getPoolingType()));
    }
    if (layer instanceof Bidirectional both && both.getMode() == Bidirectional.Mode.CONCAT) {
      return recurrent(both.getFwd(), Direction.BIDIRECTIONAL);
    }
    if (layer instanceof SelfAttentionLayer attention
        && attention.isProjectInput()
        && attention.getNIn() == attention.getNOut()
        && attention.getHeadSize() * attention.getNHeads() == attention.getNOut()) {
      return new Layer.SelfAttention(attention.getNHeads());
    }
    return recurrent(layer, Direction.FORWARD);
  }

  private Layer recurrent(org.deeplearning4j.nn.conf.layers.Layer layer, Direction direction) {
    Says says = layer instanceof LastTimeStep ? Says.AT_THE_END : Says.EVERY_STEP;
    org.deeplearning4j.nn.conf.layers.Layer cell =
        layer instanceof LastTimeStep last ? last.getUnderlying() : layer;
    if (cell instanceof LSTM lstm && cell.getClass() == LSTM.class) {
      requireTanh(activation(lstm));
      int units = Math.toIntExact(lstm.getNOut());
      return new Layer.Recurrent(Cell.LSTM, units, direction, says);
    }
    if (cell instanceof SimpleRnn simple) {
      requireTanh(activation(simple));
      int units = Math.toIntExact(simple.getNOut());
      return new Layer.Recurrent(Cell.SIMPLE, units, direction, says);
    }
    throw refused("Fettle knows no " + layer.getClass().getSimpleName() + " like this");
  }

  private void requireTanh(Activation activation) {
    if (activation != Activation.TANH) {
      throw refused("a recurrent layer's function must be tanh, but was " + activation);
    }
  }

  private double rate(org.deeplearning4j.nn.conf.layers.Layer layer) {
    if (layer.getIDropout() instanceof org.deeplearning4j.nn.conf.dropout.Dropout dropout) {
      // Deeplearning4j's number is the probability to keep.
      return 1 - dropout.getP();
    }
    throw refused("Fettle knows no " + layer.getIDropout());
  }

  private Activation activation(BaseLayer layer) {
    return activation(String.valueOf(layer.getActivationFn()));
  }

  private Activation activation(String function) {
    Activation activation = ACTIVATIONS.get(function);
    if (activation == null) {
      throw refused(
          "its function must be one of " + ACTIVATIONS.keySet() + ", but was " + function);
    }
    return activation;
  }

  private int square(int... sizes) {
    if (sizes[0] != sizes[1]) {
      throw refused("windows must be square, but were %d×%d".formatted(sizes[0], sizes[1]));
    }
    return sizes[0];
  }

  private Padding padding(ConvolutionMode mode, int... padding) {
    if (mode == ConvolutionMode.Same) {
      return Padding.SAME;
    }
    if (padding[0] != 0 || padding[1] != 0) {
      throw refused("its padding must be none or that of the mode Same");
    }
    return Padding.VALID;
  }

  private Pooling pooling(PoolingType type) {
    return switch (type) {
      case MAX -> Pooling.MAX;
      case AVG -> Pooling.AVERAGE;
      default -> throw refused("pooling must be MAX or AVG, but was " + type);
    };
  }

  private IllegalArgumentException refused(String reason) {
    return new IllegalArgumentException("Cannot import layer " + name + ": " + reason);
  }
}
