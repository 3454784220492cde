package org.fettle.optimizers.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fettle.optimizers.data.Task;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType;
import org.fettle.search.settings.Settings;

/** Layers as they are listed. Where the last one gives no features, it is flattened. */
public final class LayersTemplate implements NetworkTemplateProvider {

  @Override
  public String name() {
    return "layers";
  }

  @Override
  public String doc() {
    return "The layers you list, in order; an output layer follows";
  }

  @Override
  public List<Setting> settings() {
    Map<String, List<Setting>> kinds = new LinkedHashMap<>(LayerKinds.plain());
    kinds.put(
        LayerKinds.RESIDUAL,
        List.of(list(LayerKinds.plain(), "what is added to what they see; of the same shape")));
    return List.of(list(kinds, "the layers between inputs and outputs"), Initialisation.setting());
  }

  private static Setting list(Map<String, List<Setting>> kinds, String doc) {
    return Setting.list("layers", new SettingType.Kinds("type", kinds), doc);
  }

  @Override
  public NetworkSpec build(Settings settings, Shape input, Task task) {
    List<Layer> layers = new ArrayList<>(LayerKinds.layers(settings.list("layers")));
    layers.addAll(TemplateParts.flat(Layers.output(layers, input)));
    return new NetworkSpec(input, layers, task.outputs(), TemplateParts.initialisation(settings));
  }
}
