package org.fettle.optimizers.dl4j;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Layers;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.Loss;

/** The file of a model, for every engine that leaves one of Deeplearning4j. */
public final class Dl4jFiles {

  private Dl4jFiles() {}

  /** What Deeplearning4j has no layer for, one line for each thing, with what comes nearest. */
  public static List<String> unsupported(NetworkSpec network) {
    List<String> unsupported = new ArrayList<>();
    Shape shape = network.input();
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      if (layer instanceof Layer.Flatten && shape instanceof Shape.Sequence && i > 0) {
        unsupported.add(
            "Deeplearning4j flattens no sequence behind other layers; the nearest is engine java, or"
                + " last-step or global-pooling");
      }
      shape = layer.output(shape);
    }
    if (Layers.any(network.layers(), Dl4jFiles::hasGatedUnits)) {
      unsupported.add(
          "Deeplearning4j has no recurrent layer gru; the nearest is engine java, or lstm");
    }
    return List.copyOf(unsupported);
  }

  private static boolean hasGatedUnits(Layer layer) {
    return layer instanceof Layer.Recurrent recurrent
        && recurrent.cell() == Layer.Recurrent.Cell.GRU;
  }

  /**
   * Writes {@value TrainedModel#FILE} into a directory, of a network of which nothing is {@link
   * #unsupported}.
   *
   * @param values the parameters, as {@link org.fettle.optimizers.loop.Layout} has them
   */
  public static void write(
      Path directory, NetworkSpec network, Loss loss, float[] values, Scaling scaling)
      throws IOException {
    Standalone.Content content = Standalone.of(network, loss, values);
    try {
      ModelFile.write(directory.resolve(TrainedModel.FILE), content, scaling);
    } finally {
      content.parameters().close();
      Workspaces.free();
    }
  }
}
