package org.fettle.optimizers.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;

/** Makes graphs of Deeplearning4j of what networks are translated to. */
final class Graphs {

  private static final String INPUT = "input";

  private Graphs() {}

  static NeuralNetConfiguration.Builder builder() {
    return new NeuralNetConfiguration.Builder().dataType(DataType.FLOAT);
  }

  static ComputationGraphConfiguration configuration(Translation translation) {
    return configuration(translation, builder());
  }

  /** With what the builder says of all layers. */
  static ComputationGraphConfiguration configuration(
      Translation translation, NeuralNetConfiguration.Builder builder) {
    ComputationGraphConfiguration.GraphBuilder graph =
        builder.graphBuilder().addInputs(INPUT).setInputTypes(translation.inputType());
    for (Translation.Piece piece : translation.pieces()) {
      String[] inputs = piece.inputs().toArray(String[]::new);
      if (piece.layer().isPresent()) {
        graph.addLayer(piece.name(), piece.layer().get(), inputs);
      } else {
        graph.addVertex(piece.name(), piece.vertex().orElseThrow(), inputs);
      }
    }
    return graph.setOutputs(Translation.OUTPUT).build();
  }

  /** Of a graph that has been made of such a configuration. */
  static Mapping mapping(Translation translation, ComputationGraph graph) {
    List<Translation.Piece> learning =
        translation.pieces().stream().filter(piece -> !piece.parameters().isEmpty()).toList();
    return Mapping.of(
        learning,
        learning.stream().map(piece -> graph.getVertex(piece.name()).paramTable(false)).toList(),
        (int) graph.params().length());
  }
}
