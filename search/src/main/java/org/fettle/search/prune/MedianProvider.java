package org.fettle.search.prune;

import java.util.List;
import java.util.stream.Stream;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Provides {@link PercentilePruner} at the median. */
public final class MedianProvider implements PrunerProvider {

  @Override
  public String name() {
    return "median";
  }

  @Override
  public String doc() {
    return "stops a trial that is behind the median of the others at the same step";
  }

  @Override
  public List<Setting> settings() {
    return Stream.concat(Stream.of(PercentileProvider.STARTUP), Scope.SETTINGS.stream()).toList();
  }

  @Override
  public Pruner create(Settings settings) {
    return new PercentilePruner(
        50, Math.toIntExact(settings.integer("startup")), Scope.of(settings));
  }
}
