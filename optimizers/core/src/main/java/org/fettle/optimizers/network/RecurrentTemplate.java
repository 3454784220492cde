package org.fettle.optimizers.network;

import java.util.ArrayList;
import java.util.List;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;
import org.fettle.optimizers.network.Layer.Recurrent.Direction;
import org.fettle.optimizers.network.Layer.Recurrent.Says;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Recurrent layers that read a sequence; the output layer sees one vector of it. */
public final class RecurrentTemplate implements NetworkTemplateProvider {

  @Override
  public String name() {
    return "recurrent";
  }

  @Override
  public String doc() {
    return "Recurrent network for sequences, whose data.shape is [steps, features]";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.word("cell", Cell.class, "what each unit is").or("lstm"),
        TemplateParts.size("units", "units of each layer").or(64L),
        Setting.integer("layers", 1, 100, "layers, one behind the other").or(1L),
        Setting.flag("bidirectional", "whether each layer reads from both ends").or(false),
        Setting.word(
                "summary",
                List.of("last", "average", "max"),
                "what the output layer sees: the end of the reading, or all steps in one")
            .or("last"),
        TemplateParts.dropout("part of each layer's outputs that a training step leaves out")
            .or(0.0));
  }

  @Override
  public NetworkSpec build(Settings settings, Shape input, Task task) {
    Direction direction =
        settings.flag("bidirectional") ? Direction.BIDIRECTIONAL : Direction.FORWARD;
    boolean last = settings.text("summary").equals("last");
    List<Layer> layers = new ArrayList<>();
    for (long left = settings.integer("layers"); left > 0; left--) {
      layers.add(
          new Layer.Recurrent(
              settings.word("cell", Cell.class),
              TemplateParts.size(settings, "units"),
              direction,
              left == 1 && last ? Says.AT_THE_END : Says.EVERY_STEP));
      layers.addAll(TemplateParts.dropout(settings));
    }
    if (!last) {
      layers.add(new Layer.GlobalPool(settings.word("summary", Pooling.class)));
    }
    return new NetworkSpec(input, layers, task.outputs(), Initialisation.XAVIER);
  }
}
