package org.fettle.optimizers.network;

import java.util.ArrayList;
import java.util.List;
import org.fettle.optimizers.data.Task;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/**
 * The encoder of a transformer: Vaswani et al. 2017, arXiv:1706.03762, whose feed-forward layers
 * are four times as wide and whose dropout is 0.1, with the normalisation in front of each part,
 * which trains without a warm-up: Xiong et al. 2020, arXiv:2002.04745.
 */
public final class AttentionTemplate implements NetworkTemplateProvider {

  private static final int WIDENING = 4;

  @Override
  public String name() {
    return "attention";
  }

  @Override
  public String doc() {
    return "Small transformer encoder for sequences, whose data.shape is [steps, features]";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.integer("blocks", 1, 100, "blocks of attention and feed-forward layers").or(2L),
        TemplateParts.size("width", "features of each step within the network; a multiple of heads")
            .or(64L),
        TemplateParts.size("heads", "heads of each attention").or(4L),
        TemplateParts.size("feed-forward", "units between; by default " + WIDENING + " × width")
            .orNone(),
        Setting.word(
                "positions",
                List.of("sinusoidal", "learned", "none"),
                "how a step is told its place")
            .or("sinusoidal"),
        Setting.word("summary", Pooling.class, "what the output layer sees of the steps")
            .or("average"),
        TemplateParts.dropout("part of the outputs of each part that a training step leaves out")
            .or(0.1));
  }

  @Override
  public NetworkSpec build(Settings settings, Shape input, Task task) {
    int width = TemplateParts.size(settings, "width");
    int heads = TemplateParts.size(settings, "heads");
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "width must be a multiple of heads (%d), but was %d".formatted(heads, width));
    }
    int wide =
        Math.toIntExact(settings.optionalInteger("feed-forward").orElse((long) WIDENING * width));
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer.Dense(width, Activation.IDENTITY));
    if (!settings.text("positions").equals("none")) {
      layers.add(new Layer.Positions(settings.word("positions", Layer.Positions.Kind.class)));
    }
    layers.addAll(TemplateParts.dropout(settings));
    for (long i = 0; i < settings.integer("blocks"); i++) {
      layers.add(part(settings, new Layer.SelfAttention(heads)));
      layers.add(
          part(
              settings,
              new Layer.Dense(wide, Activation.GELU),
              new Layer.Dense(width, Activation.IDENTITY)));
    }
    layers.add(new Layer.LayerNormalisation());
    layers.add(new Layer.GlobalPool(settings.word("summary", Pooling.class)));
    return new NetworkSpec(input, layers, task.outputs(), Initialisation.XAVIER);
  }

  private static Layer part(Settings settings, Layer... layers) {
    List<Layer> part = new ArrayList<>();
    part.add(new Layer.LayerNormalisation());
    part.addAll(List.of(layers));
    part.addAll(TemplateParts.dropout(settings));
    return new Layer.Residual(part);
  }
}
