package org.fettle.search.prune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Provides {@link LayeredPruner}. */
public final class LayeredProvider implements PrunerProvider {

  private static final Map<String, PrunerProvider> EPOCHS =
      byName(
          new HalvingProvider(),
          new HyperbandProvider(),
          new MedianProvider(),
          new PercentileProvider(),
          new PlateauProvider());
  private static final Map<String, PrunerProvider> FOLDS = byName(new RacingProvider());

  // Halving scales to many workers where the median does not; racing is the one rule over folds.
  private static final Setting EPOCH_RULE =
      Setting.kinds("epochs", settings(EPOCHS), "the rule over epochs inside a fold").or("halving");
  private static final Setting FOLD_RULE =
      Setting.kinds("over-folds", settings(FOLDS), "the rule over whole folds").or("racing");

  @Override
  public String name() {
    return "layered";
  }

  @Override
  public String doc() {
    return "one rule over the epochs inside a fold, and another over whole folds";
  }

  @Override
  public List<Setting> settings() {
    return List.of(EPOCH_RULE, FOLD_RULE);
  }

  @Override
  public Pruner create(Settings settings) {
    return new LayeredPruner(
        create(EPOCHS, settings.kind("epochs")), create(FOLDS, settings.kind("over-folds")));
  }

  private static Pruner create(Map<String, PrunerProvider> providers, Settings.Kind kind) {
    return Objects.requireNonNull(providers.get(kind.name())).create(kind.settings());
  }

  private static Map<String, PrunerProvider> byName(PrunerProvider... providers) {
    Map<String, PrunerProvider> byName = new LinkedHashMap<>();
    for (PrunerProvider provider : providers) {
      byName.put(provider.name(), provider);
    }
    return byName;
  }

  private static Map<String, List<Setting>> settings(Map<String, PrunerProvider> providers) {
    Map<String, List<Setting>> settings = new LinkedHashMap<>();
    providers.forEach((name, provider) -> settings.put(name, provider.settings()));
    return settings;
  }
}
