package org.fettle.optimizers.network;

import java.util.ArrayList;
import java.util.List;
import org.fettle.optimizers.data.Task;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/**
 * A multi-layer perceptron: dense layers of the given widths, each followed by dropout where that
 * is above 0. An empty list of widths is a network without hidden layers, so that depth can be
 * searched from 0. With {@code residual}, a layer as wide as the one before it adds its outputs to
 * that one's.
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
        Setting.list("hidden", TemplateParts.size(), "units of each hidden layer, in order"),
        TemplateParts.activation("function of the hidden units"),
        TemplateParts.dropout("part of each hidden layer's outputs that a training step leaves out")
            .or(0.0),
        TemplateParts.batchNormalisation(),
        Setting.flag("residual", "whether a layer as wide as its input adds its outputs to that")
            .or(false),
        Initialisation.setting());
  }

  @Override
  public NetworkSpec build(Settings settings, Shape input, Task task) {
    List<Layer> layers = new ArrayList<>(TemplateParts.flat(input));
    boolean residual = settings.flag("residual");
    int width = input.size();
    for (int units : TemplateParts.sizes(settings, "hidden").toArray()) {
      List<Layer> hidden = hidden(units, settings);
      if (residual && units == width) {
        layers.add(new Layer.Residual(hidden));
      } else {
        layers.addAll(hidden);
      }
      width = units;
    }
    return new NetworkSpec(input, layers, task.outputs(), TemplateParts.initialisation(settings));
  }

  private static List<Layer> hidden(int units, Settings settings) {
    List<Layer> layers =
        new ArrayList<>(
            TemplateParts.activated(settings, activation -> new Layer.Dense(units, activation)));
    layers.addAll(TemplateParts.dropout(settings));
    return layers;
  }
}
