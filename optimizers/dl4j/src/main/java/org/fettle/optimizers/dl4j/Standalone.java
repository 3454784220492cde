package org.fettle.optimizers.dl4j;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Loss;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network as Deeplearning4j has it, with nothing in it but that library's own layers: a {@link
 * MultiLayerNetwork} where one layer follows the other, else a {@link ComputationGraph}.
 */
final class Standalone {

  private static final String INPUT = "input";

  private Standalone() {}

  /** Configuration and parameters. The caller closes the parameters. */
  record Content(String configuration, INDArray parameters) {}

  static Content of(NetworkSpec network, Loss loss, Parameters parameters) {
    Translation translation = new Translation(network, loss, parameters);
    return translation.isChain() ? chain(translation) : graph(translation);
  }

  private static Content chain(Translation translation) {
    NeuralNetConfiguration.ListBuilder list = builder().list();
    translation.pieces().forEach(piece -> list.layer(piece.layer().orElseThrow()));
    MultiLayerConfiguration configuration = list.setInputType(translation.inputType()).build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    fill(translation.pieces(), List.of(network.getLayers()));
    return new Content(configuration.toJson(), network.params());
  }

  private static Content graph(Translation translation) {
    ComputationGraphConfiguration.GraphBuilder graph =
        builder().graphBuilder().addInputs(INPUT).setInputTypes(translation.inputType());
    List<Translation.Piece> layers = new ArrayList<>();
    for (Translation.Piece piece : translation.pieces()) {
      String[] inputs = piece.inputs().toArray(String[]::new);
      if (piece.layer().isPresent()) {
        graph.addLayer(piece.name(), piece.layer().get(), inputs);
        layers.add(piece);
      } else {
        graph.addVertex(piece.name(), piece.vertex().orElseThrow(), inputs);
      }
    }
    ComputationGraphConfiguration configuration = graph.setOutputs(Translation.OUTPUT).build();
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    fill(layers, layers.stream().map(piece -> network.getLayer(piece.name())).toList());
    return new Content(configuration.toJson(), network.params());
  }

  private static NeuralNetConfiguration.Builder builder() {
    return new NeuralNetConfiguration.Builder().dataType(DataType.FLOAT);
  }

  private static void fill(List<Translation.Piece> pieces, List<Layer> layers) {
    for (int i = 0; i < layers.size(); i++) {
      Map<String, INDArray> table = layers.get(i).paramTable();
      pieces
          .get(i)
          .parameters()
          .forEach((name, values) -> requireNonNull(table.get(name), name).assign(values));
    }
  }
}
