package org.fettle.optimizers.dl4j;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.optimizers.training.Updater;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Our networks in Deeplearning4j's terms. */
final class Networks {

  private Networks() {}

  /** For training: the output layer gives bare sums, as {@link RowLoss} wants them. */
  static MultiLayerConfiguration training(NetworkSpec network, TrainingSpec training, long seed) {
    OutputLayer output =
        new OutputLayer.Builder(new LossMSE())
            .nOut(network.outputs())
            .activation(new ActivationIdentity())
            .build();
    // The loss divides by the batch's rows itself, which saves an operation per step.
    return configuration(network, training, output, seed, false);
  }

  /** For the model's file: nothing in it but what Deeplearning4j itself has. */
  static MultiLayerConfiguration standalone(NetworkSpec network, TrainingSpec training, long seed) {
    boolean classes = training.loss() instanceof Loss.CrossEntropy;
    OutputLayer output =
        new OutputLayer.Builder(classes ? new LossMCXENT() : new LossMSE())
            .nOut(network.outputs())
            .activation(classes ? new ActivationSoftmax() : new ActivationIdentity())
            .build();
    return configuration(network, training, output, seed, true);
  }

  private static MultiLayerConfiguration configuration(
      NetworkSpec network,
      TrainingSpec training,
      OutputLayer output,
      long seed,
      boolean dividedByRows) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(DataType.FLOAT)
            .weightInit(weightInit(network.initialisation()))
            .updater(updater(training.updater()))
            .l2(training.regularisation().l2())
            .miniBatch(dividedByRows)
            .list();
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

  private static IUpdater updater(Updater updater) {
    if (updater instanceof Updater.Sgd sgd) {
      return sgd.momentum() == 0
          ? new org.nd4j.linalg.learning.config.Sgd(sgd.learningRate())
          : new Nesterovs(sgd.learningRate(), sgd.momentum());
    }
    if (updater instanceof Updater.Adam adam) {
      return new Adam(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
    }
    throw new AssertionError(updater);
  }

  private static WeightInit weightInit(Initialisation initialisation) {
    return switch (initialisation) {
      case HE -> WeightInit.RELU;
      case XAVIER -> WeightInit.XAVIER;
      case ZERO -> WeightInit.ZERO;
    };
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
