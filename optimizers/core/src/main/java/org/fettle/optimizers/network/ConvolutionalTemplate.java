package org.fettle.optimizers.network;

import java.util.ArrayList;
import java.util.List;
import org.fettle.optimizers.data.Task;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType.IntegerRange;
import org.fettle.search.settings.Settings;

/**
 * Blocks of convolutions over an image, each block pooled to half the height and width, then dense
 * layers. The defaults are a small network after Simonyan and Zisserman 2014, arXiv:1409.1556:
 * kernels of 3, twice the filters where the image is half as wide.
 */
public final class ConvolutionalTemplate implements NetworkTemplateProvider {

  private static final int POOL = 2;

  @Override
  public String name() {
    return "convolutional";
  }

  @Override
  public String doc() {
    return "Convolutional network for images, whose data.shape is [channels, height, width]";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.list("filters", TemplateParts.size(), "filters of each block, in order")
            .or(List.of(32L, 64L)),
        Setting.integer("convolutions", 1, 100, "convolutions of each block").or(1L),
        Setting.integer("kernel", 1, TemplateParts.LARGEST, "pixels of a filter's side").or(3L),
        Setting.word("pooling", List.of("max", "average", "none"), "what ends each block")
            .or("max"),
        Setting.word(
                "head",
                List.of("flatten", "average", "max"),
                "what makes features of the last block: all its pixels, or one of each channel")
            .or("flatten"),
        Setting.list(
                "dense",
                new IntegerRange(1, TemplateParts.LARGEST),
                "units of each dense layer after that")
            .or(List.of()),
        TemplateParts.activation("function of filters and units"),
        TemplateParts.dropout(
                "part of the outputs of each block and dense layer that a training step leaves out")
            .or(0.0),
        TemplateParts.batchNormalisation(),
        Initialisation.setting());
  }

  @Override
  public NetworkSpec build(Settings settings, Shape input, Task task) {
    List<Layer> layers = new ArrayList<>();
    for (int filters : TemplateParts.sizes(settings, "filters").toArray()) {
      for (long i = 0; i < settings.integer("convolutions"); i++) {
        layers.addAll(
            TemplateParts.activated(
                settings,
                activation ->
                    new Layer.Convolution(
                        filters,
                        TemplateParts.size(settings, "kernel"),
                        1,
                        Padding.SAME,
                        activation)));
      }
      if (!settings.text("pooling").equals("none")) {
        Pooling pooling = settings.word("pooling", Pooling.class);
        layers.add(new Layer.Pool(pooling, POOL, POOL, Padding.VALID));
      }
      layers.addAll(TemplateParts.dropout(settings));
    }
    layers.add(
        settings.text("head").equals("flatten")
            ? new Layer.Flatten()
            : new Layer.GlobalPool(settings.word("head", Pooling.class)));
    for (int units : TemplateParts.sizes(settings, "dense").toArray()) {
      layers.addAll(
          TemplateParts.activated(settings, activation -> new Layer.Dense(units, activation)));
      layers.addAll(TemplateParts.dropout(settings));
    }
    return new NetworkSpec(input, layers, task.outputs(), TemplateParts.initialisation(settings));
  }
}
