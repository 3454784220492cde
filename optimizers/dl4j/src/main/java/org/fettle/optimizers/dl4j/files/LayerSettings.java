package org.fettle.optimizers.dl4j.files;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Layer;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.fettle.search.settings.Settings;

/** What a job says of a file's layers, by their names, in the place of what the file says. */
final class LayerSettings {

  private static final String KEY = "layers";

  private final Map<String, Settings> byName;
  private final Set<String> unused;

  private LayerSettings(Map<String, Settings> byName) {
    this.byName = byName;
    this.unused = new LinkedHashSet<>(byName.keySet());
  }

  static LayerSettings from(Settings settings) {
    return new LayerSettings(settings.groups(KEY));
  }

  static Setting setting() {
    List<Setting> each =
        List.of(
            Setting.integer("units", 1, 1 << 20, "units of a dense or recurrent layer").orNone(),
            Setting.integer("filters", 1, 1 << 20, "filters of a convolution").orNone(),
            Setting.integer("kernel", 1, 1 << 10, "pixels of a filter's side").orNone(),
            Setting.word("activation", Activation.class, "function of its outputs").orNone(),
            Setting.number(
                    "dropout",
                    0,
                    End.INCLUDED,
                    1,
                    End.EXCLUDED,
                    "rate of a dropout layer; of another, part of its outputs that is left out")
                .orNone());
    return new Setting(
        KEY,
        new SettingType.Named(each),
        java.util.Optional.of(Map.of()),
        true,
        "what other settings layers of the file have, by their names");
  }

  /** The layers that stand for one of the file. */
  List<Layer> apply(String name, Layer layer) {
    Settings settings = byName.get(name);
    if (settings == null) {
      return List.of(layer);
    }
    unused.remove(name);
    Layer changed = changed(name, layer, settings);
    double rate = settings.optionalNumber("dropout").orElse(0.0);
    return rate > 0 && !(layer instanceof Layer.Dropout)
        ? List.of(changed, new Layer.Dropout(rate))
        : List.of(changed);
  }

  private static Layer changed(String name, Layer layer, Settings settings) {
    if (layer instanceof Layer.Dense dense) {
      refuse(name, layer, settings, "filters", "kernel");
      return new Layer.Dense(
          size(settings, "units", dense.units()), activation(settings, dense.activation()));
    }
    if (layer instanceof Layer.Convolution convolution) {
      refuse(name, layer, settings, "units");
      return new Layer.Convolution(
          size(settings, "filters", convolution.filters()),
          size(settings, "kernel", convolution.kernel()),
          convolution.stride(),
          convolution.padding(),
          activation(settings, convolution.activation()));
    }
    if (layer instanceof Layer.Recurrent recurrent) {
      refuse(name, layer, settings, "filters", "kernel", "activation");
      return new Layer.Recurrent(
          recurrent.cell(),
          size(settings, "units", recurrent.units()),
          recurrent.direction(),
          recurrent.says());
    }
    if (layer instanceof Layer.Activate activate) {
      refuse(name, layer, settings, "units", "filters", "kernel");
      return new Layer.Activate(activation(settings, activate.activation()));
    }
    refuse(name, layer, settings, "units", "filters", "kernel", "activation");
    return layer instanceof Layer.Dropout dropout
        ? new Layer.Dropout(settings.optionalNumber("dropout").orElse(dropout.rate()))
        : layer;
  }

  private static void refuse(String name, Layer layer, Settings settings, String... keys) {
    for (String key : keys) {
      if (settings.has(key)) {
        throw new IllegalArgumentException(
            "%s.%s.%s must be left out, since the layer is %s"
                .formatted(KEY, name, key, layer.name()));
      }
    }
  }

  private static int size(Settings settings, String key, int otherwise) {
    return settings.optionalInteger(key).map(Math::toIntExact).orElse(otherwise);
  }

  private static Activation activation(Settings settings, Activation otherwise) {
    return settings.has("activation") ? settings.word("activation", Activation.class) : otherwise;
  }

  /** Refuses names that no layer of the file has. */
  void requireUsed(List<String> names) {
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException(
          "%s.%s must be a layer of the file, which has %s"
              .formatted(KEY, unused.iterator().next(), String.join(", ", names)));
    }
  }
}
