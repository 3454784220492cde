package org.fettle.optimizers.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Shape;

/** Filters over an image; those of each model see its channels alone. */
final class ConvolutionNode implements Node {

  private final int models;
  private final Tensor weights;
  private final Tensor biases;
  private final Edges edges;
  private final long channels;
  private final long[] kernel;
  private final long[] stride;

  ConvolutionNode(Parameters parameters, Layer.Convolution layer, Shape.Image input) {
    this.models = parameters.models();
    this.weights = parameters.next();
    this.biases = parameters.next();
    this.channels = input.channels();
    this.kernel = new long[] {layer.kernel(), layer.kernel()};
    this.stride = new long[] {layer.stride(), layer.stride()};
    this.edges =
        Edges.of(input, layer.output(input), layer.kernel(), layer.stride(), layer.padding());
  }

  @Override
  public Tensor forward(Pass pass, Tensor x) {
    Tensor image = edges.areEven() ? x : edges.pad(x, 0);
    long[] padding = edges.areEven() ? edges.before() : new long[] {0, 0};
    // With several models a model's weights lie apart from the next one's.
    Tensor filters = weights.reshape(-1, channels, kernel[0], kernel[1]);
    Tensor bias = models == 1 ? biases : biases.reshape(-1);
    return torch.conv2d(
        image, filters, new TensorOptional(bias), stride, padding, new long[] {1, 1}, models);
  }
}
