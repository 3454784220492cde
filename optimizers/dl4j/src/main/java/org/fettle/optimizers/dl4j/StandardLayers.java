package org.fettle.optimizers.dl4j;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Layer.Recurrent.Says;
import org.fettle.optimizers.network.Padding;
import org.fettle.optimizers.network.Pooling;
import org.fettle.optimizers.network.Shape;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** The layer of Deeplearning4j that does the same. */
final class StandardLayers {

  private StandardLayers() {}

  static org.deeplearning4j.nn.conf.layers.Layer of(Layer layer, Shape input) {
    if (layer instanceof Layer.Dense dense) {
      return new DenseLayer.Builder()
          .nOut(dense.units())
          .activation(activation(dense.activation()))
          .build();
    }
    if (layer instanceof Layer.Activate activate) {
      return new ActivationLayer(activation(activate.activation()));
    }
    if (layer instanceof Layer.Dropout dropout) {
      // Deeplearning4j's number is the probability to keep.
      return new DropoutLayer.Builder(1 - dropout.rate()).build();
    }
    if (layer instanceof Layer.BatchNormalisation) {
      return new BatchNormalization.Builder()
          .decay(Layer.BatchNormalisation.KEPT)
          .eps(Layer.BatchNormalisation.EPSILON)
          .useLogStd(false)
          .build();
    }
    if (layer instanceof Layer.LayerNormalisation) {
      return normalisation(input);
    }
    if (layer instanceof Layer.Convolution convolution) {
      return new ConvolutionLayer.Builder(convolution.kernel(), convolution.kernel())
          .stride(convolution.stride(), convolution.stride())
          .convolutionMode(mode(convolution.padding()))
          .nOut(convolution.filters())
          .activation(activation(convolution.activation()))
          .build();
    }
    if (layer instanceof Layer.Pool pool) {
      SubsamplingLayer.PoolingType type =
          pool.pooling() == Pooling.MAX
              ? SubsamplingLayer.PoolingType.MAX
              : SubsamplingLayer.PoolingType.AVG;
      return new SubsamplingLayer.Builder(type)
          .kernelSize(pool.kernel(), pool.kernel())
          .stride(pool.stride(), pool.stride())
          .convolutionMode(mode(pool.padding()))
          .build();
    }
    if (layer instanceof Layer.GlobalPool pool) {
      return new GlobalPoolingLayer(
          pool.pooling() == Pooling.MAX ? PoolingType.MAX : PoolingType.AVG);
    }
    if (layer instanceof Layer.Recurrent recurrent) {
      return reading(recurrent);
    }
    if (layer instanceof Layer.SelfAttention attention) {
      int width = ((Shape.Sequence) input).features();
      return new SelfAttentionLayer.Builder()
          .nIn(width)
          .nOut(width)
          .nHeads(attention.heads())
          .headSize(width / attention.heads())
          .projectInput(true)
          .build();
    }
    throw new AssertionError(layer);
  }

  /** A dense layer that normalises its sums; its weights are the unit matrix. */
  private static DenseLayer normalisation(Shape input) {
    int width = input instanceof Shape.Sequence sequence ? sequence.features() : input.size();
    return new DenseLayer.Builder()
        .nOut(width)
        .hasLayerNorm(true)
        .activation(new ActivationIdentity())
        .build();
  }

  /** One reading of a recurrent layer. */
  static org.deeplearning4j.nn.conf.layers.Layer reading(Layer.Recurrent layer) {
    BaseRecurrentLayer cell = cell(layer);
    return layer.says() == Says.AT_THE_END ? new LastTimeStep(cell) : cell;
  }

  private static BaseRecurrentLayer cell(Layer.Recurrent layer) {
    return switch (layer.cell()) {
      case LSTM ->
          new LSTM.Builder()
              .nOut(layer.units())
              .activation(new ActivationTanH())
              .gateActivationFunction(new ActivationSigmoid())
              .forgetGateBiasInit(1)
              .weightInit(new WeightInitXavier())
              .build();
      case SIMPLE -> simple(layer.units(), new ActivationTanH());
      case GRU -> throw new AssertionError(layer);
    };
  }

  static SimpleRnn simple(int units, IActivation activation) {
    return new SimpleRnn.Builder()
        .nOut(units)
        .activation(activation)
        .weightInit(new WeightInitXavier())
        .build();
  }

  private static ConvolutionMode mode(Padding padding) {
    return padding == Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Truncate;
  }

  private static IActivation activation(Activation activation) {
    return switch (activation) {
      case IDENTITY -> new ActivationIdentity();
      case RELU -> new ActivationReLU();
      case TANH -> new ActivationTanH();
      case SIGMOID -> new ActivationSigmoid();
      case LEAKY_RELU -> new ActivationLReLU(0.01);
      case ELU -> new ActivationELU(1);
      case SELU -> new ActivationSELU();
      case GELU -> new ActivationGELU(false);
      case SWISH -> new ActivationSwish();
      case SOFTPLUS -> new ActivationSoftPlus();
    };
  }
}
