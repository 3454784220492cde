package org.fettle.optimizers.dl4j.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.network.FileTemplateProvider;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Networks of a user's configuration of Deeplearning4j, in JSON. */
public final class Dl4jTemplate implements FileTemplateProvider {

  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public String doc() {
    return "The layers of a configuration of Deeplearning4j (JSON), with other settings where you"
        + " give them";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.text(
            FILE,
            "URI, or path relative to the job file, of what toJson() of a configuration gave"),
        LayerSettings.setting(),
        Initialisation.setting());
  }

  @Override
  public String read(byte[] file) {
    String json = new String(file, StandardCharsets.UTF_8);
    layers(json);
    return json;
  }

  @Override
  public NetworkSpec build(Settings settings, Shape input, Task task) {
    FileChain chain = new FileChain(LayerSettings.from(settings), input);
    List<Part> parts = layers(settings.text(FILE));
    Part output = parts.get(parts.size() - 1);
    if (!(output.layer() instanceof BaseOutputLayer)) {
      throw new IllegalArgumentException(
          "The configuration must end in an output layer, but ended in " + output.name());
    }
    for (Part part : parts.subList(0, parts.size() - 1)) {
      if (part.sum()) {
        chain.sum(part.name(), part.sources());
      } else {
        chain.requireChain(part.name(), part.sources());
        Dl4jLayers.add(part.name(), part.layer(), chain);
      }
    }
    Initialisation initialisation = settings.word("initialisation", Initialisation.class);
    return chain.network(task, initialisation, List.of());
  }

  /** A layer with what it sees, or a sum of what it sees. */
  private record Part(String name, Object layer, List<String> sources) {
    boolean sum() {
      return layer instanceof ElementWiseVertex;
    }
  }

  private static List<Part> layers(String json) {
    try {
      return json.contains("\"vertices\"")
          ? graph(ComputationGraphConfiguration.fromJson(json))
          : chain(MultiLayerConfiguration.fromJson(json));
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "must be a MultiLayerConfiguration or ComputationGraphConfiguration of Deeplearning4j in"
              + " JSON, but is none: "
              + e.getMessage(),
          e);
    }
  }

  private static List<Part> chain(MultiLayerConfiguration configuration) {
    List<Part> parts = new ArrayList<>();
    String last = "";
    for (int i = 0; i < configuration.getConfs().size(); i++) {
      Layer layer = configuration.getConf(i).getLayer();
      String given = layer.getLayerName();
      String name = given == null || given.isBlank() ? "layer" + i : given;
      parts.add(new Part(name, layer, List.of(last)));
      last = name;
    }
    return parts;
  }

  private static List<Part> graph(ComputationGraphConfiguration configuration) {
    List<Part> parts = new ArrayList<>();
    if (configuration.getNetworkInputs().size() != 1
        || configuration.getNetworkOutputs().size() != 1) {
      throw new IllegalArgumentException("must have one input and one output");
    }
    String input = configuration.getNetworkInputs().get(0);
    Map<String, List<String>> sources = configuration.getVertexInputs();
    List<String> done = new ArrayList<>(List.of(input));
    while (done.size() <= configuration.getVertices().size()) {
      int before = done.size();
      for (Map.Entry<String, GraphVertex> vertex : configuration.getVertices().entrySet()) {
        List<String> own = sources.get(vertex.getKey());
        if (!done.contains(vertex.getKey()) && own != null && done.containsAll(own)) {
          done.add(vertex.getKey());
          List<String> seen = own.stream().map(each -> each.equals(input) ? "" : each).toList();
          parts.add(new Part(vertex.getKey(), layer(vertex.getKey(), vertex.getValue()), seen));
        }
      }
      if (done.size() == before) {
        throw new IllegalArgumentException("must be a graph whose layers all have inputs");
      }
    }
    return parts;
  }

  private static Object layer(String name, GraphVertex vertex) {
    if (vertex instanceof LayerVertex layer) {
      return layer.getLayerConf().getLayer();
    }
    if (vertex instanceof ElementWiseVertex sum && sum.getOp() == ElementWiseVertex.Op.Add) {
      return sum;
    }
    if (vertex instanceof LastTimeStepVertex || vertex instanceof PreprocessorVertex) {
      return vertex;
    }
    throw new IllegalArgumentException(
        "Cannot import vertex %s: Fettle knows no %s"
            .formatted(name, vertex.getClass().getSimpleName()));
  }
}
