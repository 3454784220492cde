package org.fettle.optimizers.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;
import org.fettle.optimizers.network.Layer.Recurrent.Direction;
import org.fettle.optimizers.network.Layer.Recurrent.Says;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** What a job file can say of single layers. */
final class LayerKinds {

  static final String RESIDUAL = "residual";

  private LayerKinds() {}

  /** All but the residual, which holds others. */
  static Map<String, List<Setting>> plain() {
    Map<String, List<Setting>> kinds = new LinkedHashMap<>();
    kinds.put(
        "dense",
        List.of(
            TemplateParts.size("units", "units"),
            TemplateParts.activation("function of the units")));
    kinds.put(
        "activation",
        List.of(Setting.word("function", Activation.class, "function of each number")));
    kinds.put(
        "dropout",
        List.of(TemplateParts.rate("rate", "part of the numbers that a training step leaves out")));
    kinds.put("batch-normalisation", List.of());
    kinds.put("layer-normalisation", List.of());
    kinds.put(
        "convolution",
        List.of(
            TemplateParts.size("filters", "filters"),
            TemplateParts.size("kernel", "pixels of a filter's side").or(3L),
            TemplateParts.size("stride", "pixels from one place to the next").or(1L),
            Setting.word("padding", Padding.class, "what happens at the edges").or("same"),
            TemplateParts.activation("function of the filters")));
    kinds.put(
        "pooling",
        List.of(
            Setting.word("pooling", Pooling.class, "what becomes of a window").or("max"),
            TemplateParts.size("kernel", "pixels of a window's side").or(2L),
            TemplateParts.size("stride", "pixels from one place to the next; by default the kernel")
                .orNone(),
            Setting.word("padding", Padding.class, "what happens at the edges").or("valid")));
    kinds.put(
        "global-pooling",
        List.of(
            Setting.word("pooling", Pooling.class, "what becomes of a channel, or of the steps")
                .or("average")));
    kinds.put("flatten", List.of());
    kinds.put("last-step", List.of());
    kinds.put(
        "recurrent",
        List.of(
            Setting.word("cell", Cell.class, "what each unit is").or("lstm"),
            TemplateParts.size("units", "units"),
            Setting.word("direction", Direction.class, "which way the sequence is read")
                .or("forward"),
            Setting.word("says", Says.class, "when there are outputs").or("every-step")));
    kinds.put(
        "positions",
        List.of(
            Setting.word("kind", Layer.Positions.Kind.class, "how a step is told its place")
                .or("sinusoidal")));
    kinds.put(
        "self-attention",
        List.of(TemplateParts.size("heads", "heads, which divide the features").or(4L)));
    return kinds;
  }

  /** The layers of checked settings. */
  static List<Layer> layers(List<Object> kinds) {
    return kinds.stream().map(Settings.Kind.class::cast).map(LayerKinds::layer).toList();
  }

  private static Layer layer(Settings.Kind kind) {
    Settings settings = kind.settings();
    return switch (kind.name()) {
      case "dense" -> new Layer.Dense(size(settings, "units"), activation(settings, "activation"));
      case "activation" -> new Layer.Activate(activation(settings, "function"));
      case "dropout" -> new Layer.Dropout(settings.number("rate"));
      case "batch-normalisation" -> new Layer.BatchNormalisation();
      case "layer-normalisation" -> new Layer.LayerNormalisation();
      case "convolution" ->
          new Layer.Convolution(
              size(settings, "filters"),
              size(settings, "kernel"),
              size(settings, "stride"),
              settings.word("padding", Padding.class),
              activation(settings, "activation"));
      case "pooling" ->
          new Layer.Pool(
              settings.word("pooling", Pooling.class),
              size(settings, "kernel"),
              size(settings, settings.has("stride") ? "stride" : "kernel"),
              settings.word("padding", Padding.class));
      case "global-pooling" -> new Layer.GlobalPool(settings.word("pooling", Pooling.class));
      case "flatten" -> new Layer.Flatten();
      case "last-step" -> new Layer.LastStep();
      case "recurrent" ->
          new Layer.Recurrent(
              settings.word("cell", Cell.class),
              size(settings, "units"),
              settings.word("direction", Direction.class),
              settings.word("says", Says.class));
      case "positions" -> new Layer.Positions(settings.word("kind", Layer.Positions.Kind.class));
      case "self-attention" -> new Layer.SelfAttention(size(settings, "heads"));
      case RESIDUAL -> new Layer.Residual(layers(settings.list("layers")));
      default -> throw new AssertionError(kind);
    };
  }

  private static int size(Settings settings, String name) {
    return TemplateParts.size(settings, name);
  }

  private static Activation activation(Settings settings, String name) {
    return settings.word(name, Activation.class);
  }
}
