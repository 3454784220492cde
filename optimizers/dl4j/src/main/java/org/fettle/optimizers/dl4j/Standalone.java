package org.fettle.optimizers.dl4j;

import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Loss;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * A network as Deeplearning4j has it, with nothing in it but that library's own layers: a {@link
 * MultiLayerNetwork} where one layer follows the other, else a {@link ComputationGraph}.
 */
final class Standalone {

  private Standalone() {}

  /** Configuration and parameters. The caller closes the parameters. */
  record Content(String configuration, INDArray parameters) {}

  /** That of a network with these parameters, which are laid out as usual. */
  static Content of(NetworkSpec network, Loss loss, float[] values) {
    Translation translation = new Translation(network, Layout.of(network), output(loss));
    return translation.isChain() ? chain(translation, values) : graph(translation, values);
  }

  private static OutputLayer output(Loss loss) {
    boolean classes = loss.link() == Loss.Link.SOFTMAX;
    return new OutputLayer.Builder(classes ? new LossMCXENT() : new LossMSE())
        .activation(classes ? new ActivationSoftmax() : new ActivationIdentity())
        .build();
  }

  private static Content chain(Translation translation, float[] values) {
    NeuralNetConfiguration.ListBuilder list = Graphs.builder().list();
    translation.pieces().forEach(piece -> list.layer(piece.layer().orElseThrow()));
    MultiLayerConfiguration configuration = list.setInputType(translation.inputType()).build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    Mapping mapping =
        Mapping.of(
            translation.pieces(),
            Stream.of(network.getLayers()).map(Layer::paramTable).toList(),
            (int) network.params().length());
    Floats.put(mapping.toDeeplearning4j(values), 0, network.params());
    return new Content(configuration.toJson(), network.params());
  }

  private static Content graph(Translation translation, float[] values) {
    ComputationGraphConfiguration configuration = Graphs.configuration(translation);
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    Floats.put(Graphs.mapping(translation, network).toDeeplearning4j(values), 0, network.params());
    return new Content(configuration.toJson(), network.params());
  }
}
