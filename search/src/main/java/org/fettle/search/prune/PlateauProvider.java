package org.fettle.search.prune;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Provides {@link PlateauPruner}. */
public final class PlateauProvider implements PrunerProvider {

  // 10 and 0 are the defaults of Keras' ReduceLROnPlateau patience and EarlyStopping delta.
  private static final Setting PATIENCE =
      Setting.integer("patience", 1, Integer.MAX_VALUE, "steps without improvement").or(10L);
  private static final Setting IMPROVEMENT =
      Setting.numberFrom("improvement", 0, "a smaller gain is none, in units of the metric")
          .or(0.0);

  @Override
  public String name() {
    return "plateau";
  }

  @Override
  public String doc() {
    return "stops a trial that has stopped improving behind the incumbent";
  }

  @Override
  public List<Setting> settings() {
    return List.of(PATIENCE, IMPROVEMENT);
  }

  @Override
  public Pruner create(Settings settings) {
    return new PlateauPruner(
        Math.toIntExact(settings.integer("patience")), settings.number("improvement"));
  }
}
