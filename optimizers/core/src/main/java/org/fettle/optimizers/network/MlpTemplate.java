package org.fettle.optimizers.network;

import java.util.ArrayList;
import java.util.List;
import org.fettle.optimizers.data.Task;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType.IntegerRange;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.fettle.search.settings.Settings;

/**
 * A multi-layer perceptron: dense layers of the given widths, each followed by dropout where that
 * is above 0. An empty list of widths is a network without hidden layers, so that depth can be
 * searched from 0.
 */
public final class MlpTemplate implements NetworkTemplateProvider {

  @Override
  public String name() {
    return "mlp";
  }

  @Override
  public String doc() {
    return "Multi-layer perceptron: dense hidden layers";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.list(
            "hidden", new IntegerRange(1, 1 << 20), "units of each hidden layer, in order"),
        Setting.word("activation", Activation.class, "function of the hidden units").or("relu"),
        Setting.number(
                "dropout",
                0,
                End.INCLUDED,
                1,
                End.EXCLUDED,
                "part of each hidden layer's outputs that a training step leaves out")
            .or(0.0),
        Initialisation.setting());
  }

  @Override
  public NetworkSpec build(Settings settings, int inputs, Task task) {
    Activation activation = settings.word("activation", Activation.class);
    double dropout = settings.number("dropout");
    List<Layer> layers = new ArrayList<>();
    for (Object units : settings.list("hidden")) {
      layers.add(new Layer.Dense(((Number) units).intValue(), activation));
      if (dropout > 0) {
        layers.add(new Layer.Dropout(dropout));
      }
    }
    return new NetworkSpec(
        inputs, layers, task.outputs(), settings.word("initialisation", Initialisation.class));
  }
}
