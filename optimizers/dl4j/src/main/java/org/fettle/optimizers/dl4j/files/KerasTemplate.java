package org.fettle.optimizers.dl4j.files;

import java.util.ArrayList;
import java.util.List;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.network.FileTemplateProvider;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;
import org.nd4j.shade.jackson.databind.JsonNode;

/** Networks of a user's model of Keras, in HDF5, which may go on from its weights. */
public final class KerasTemplate implements FileTemplateProvider {

  private static final String KEEP = "keep";

  @Override
  public String name() {
    return "keras";
  }

  @Override
  public String doc() {
    return "The layers, and if you like the weights, of a model of Keras (HDF5), with other settings"
        + " where you give them";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.text(FILE, "URI, or path relative to the job file, of what model.save wrote"),
        Setting.word(
                "weights",
                List.of(KEEP, "fresh"),
                "whether training begins with the file's; layers of another size begin fresh")
            .or(KEEP),
        LayerSettings.setting(),
        Initialisation.setting());
  }

  @Override
  public String read(byte[] file) {
    String text = KerasFile.text(file);
    KerasFile.of(text).layers();
    return text;
  }

  @Override
  public NetworkSpec build(Settings settings, Shape input, Task task) {
    KerasFile file = KerasFile.of(settings.text(FILE));
    FileChain chain = new FileChain(LayerSettings.from(settings), input);
    List<JsonNode> layers = withoutLastFunction(file.layers());
    JsonNode output = layers.remove(layers.size() - 1);
    if (!output.path("class_name").asText().equals("Dense")) {
      throw new IllegalArgumentException(
          "The model must end in a Dense layer, but ended in "
              + output.path("class_name").asText());
    }
    boolean keep = settings.text("weights").equals(KEEP);
    KerasLayers translator = new KerasLayers(file, chain, keep);
    layers.forEach(translator::add);
    return chain.network(
        task,
        settings.word("initialisation", Initialisation.class),
        translator.outputs(output, task.outputs()));
  }

  /** Softmax and its like at the end are the loss's. */
  private static List<JsonNode> withoutLastFunction(List<JsonNode> layers) {
    List<JsonNode> left = new ArrayList<>(layers);
    String last = left.isEmpty() ? "" : left.get(left.size() - 1).path("class_name").asText();
    if (last.equals("Activation") || last.equals("Softmax")) {
      left.remove(left.size() - 1);
    }
    if (left.isEmpty()) {
      throw new IllegalArgumentException("The model must have layers, but had none");
    }
    return left;
  }
}
