package org.fettle.optimizers.dl4j;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Loss;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Our networks in Deeplearning4j's terms. */
final class Networks {

  private Networks() {}

  /** For training: the output layer gives bare sums, as {@link SumsLoss} wants them. */
  static MultiLayerConfiguration training(NetworkSpec network, long seed) {
    OutputLayer output =
        new OutputLayer.Builder(new LossMSE())
            .nOut(network.outputs())
            .activation(new ActivationIdentity())
            .build();
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .weightInit(new Weights(network.initialisation(), new SplittableRandom(seed)))
            // The loss divides by the batch's rows itself, which saves an operation per step.
            .miniBatch(false);
    return configuration(network, builder, output);
  }

  /** For the model's file: nothing in it but what Deeplearning4j itself has. */
  static MultiLayerConfiguration standalone(NetworkSpec network, Loss loss) {
    boolean classes = loss.link() == Loss.Link.SOFTMAX;
    OutputLayer output =
        new OutputLayer.Builder(classes ? new LossMCXENT() : new LossMSE())
            .nOut(network.outputs())
            .activation(classes ? new ActivationSoftmax() : new ActivationIdentity())
            .build();
    return configuration(network, new NeuralNetConfiguration.Builder(), output);
  }

  private static MultiLayerConfiguration configuration(
      NetworkSpec network, NeuralNetConfiguration.Builder builder, OutputLayer output) {
    NeuralNetConfiguration.ListBuilder list = builder.dataType(DataType.FLOAT).list();
    int inputs = network.inputs();
    for (Layer layer : network.layers()) {
      if (layer instanceof Layer.Dense dense) {
        list.layer(
            new DenseLayer.Builder()
                .nIn(inputs)
                .nOut(dense.units())
                .activation(activation(dense.activation()))
                .build());
        inputs = dense.units();
      } else if (layer instanceof Layer.Dropout dropout) {
        // Deeplearning4j's number is the probability to keep, and it has no dropout of nothing.
        if (dropout.rate() > 0) {
          list.layer(new DropoutLayer.Builder(1 - dropout.rate()).nIn(inputs).nOut(inputs).build());
        }
      } else {
        throw new AssertionError(layer);
      }
    }
    output.setNIn(inputs);
    return list.layer(output).build();
  }

  private static org.nd4j.linalg.activations.Activation activation(Activation activation) {
    return switch (activation) {
      case IDENTITY -> org.nd4j.linalg.activations.Activation.IDENTITY;
      case RELU -> org.nd4j.linalg.activations.Activation.RELU;
      case TANH -> org.nd4j.linalg.activations.Activation.TANH;
      case SIGMOID -> org.nd4j.linalg.activations.Activation.SIGMOID;
    };
  }
}
