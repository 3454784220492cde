package org.fettle.optimizers.network;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType;
import org.fettle.search.settings.SettingType.IntegerRange;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.fettle.search.settings.Settings;

/** Settings and layers that several templates have. */
final class TemplateParts {

  /** Beyond it a layer's weights would fill the memory of any machine. */
  static final int LARGEST = 1 << 20;

  private TemplateParts() {}

  /** A flatten layer where rows are no plain features. */
  static List<Layer> flat(Shape input) {
    return input instanceof Shape.Features ? List.of() : List.of(new Layer.Flatten());
  }

  static SettingType size() {
    return new IntegerRange(1, LARGEST);
  }

  static Setting size(String name, String doc) {
    return Setting.integer(name, 1, LARGEST, doc);
  }

  static int size(Settings settings, String name) {
    return Math.toIntExact(settings.integer(name));
  }

  static IntStream sizes(Settings settings, String name) {
    return settings.list(name).stream()
        .mapToInt(each -> Math.toIntExact(((Number) each).longValue()));
  }

  static Setting activation(String doc) {
    return Setting.word("activation", Activation.class, doc).or("relu");
  }

  static Setting dropout(String doc) {
    return rate("dropout", doc);
  }

  static Setting rate(String name, String doc) {
    return Setting.number(name, 0, End.INCLUDED, 1, End.EXCLUDED, doc);
  }

  /** A dropout layer where the rate is above 0. */
  static List<Layer> dropout(Settings settings) {
    double rate = settings.number("dropout");
    return rate > 0 ? List.of(new Layer.Dropout(rate)) : List.of();
  }

  static Setting batchNormalisation() {
    return Setting.flag(
            "batch-normalisation", "whether to normalise over the batch before each activation")
        .or(false);
  }

  /** A layer with its function, between which the normalisation comes where there is one. */
  static List<Layer> activated(Settings settings, Function<Activation, Layer> layer) {
    Activation activation = settings.word("activation", Activation.class);
    return settings.flag("batch-normalisation")
        ? List.of(
            layer.apply(Activation.IDENTITY),
            new Layer.BatchNormalisation(),
            new Layer.Activate(activation))
        : List.of(layer.apply(activation));
  }

  static Initialisation initialisation(Settings settings) {
    return settings.word("initialisation", Initialisation.class);
  }
}
