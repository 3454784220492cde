package org.fettle.executor;

import java.util.List;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Makes {@link NearestEngine}s. */
public final class NearestProvider implements EngineProvider {

  @Override
  public String name() {
    return "nearest";
  }

  @Override
  public String doc() {
    return "Predicts a row as the training row that is nearest to it";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.word("fault", NearestEngine.Fault.class, "how every run goes wrong").or("none"),
        Setting.flag("fuses", "whether runs of as many epochs share a job").or(false));
  }

  @Override
  public Engine create(Settings settings) {
    return new NearestEngine(
        settings.word("fault", NearestEngine.Fault.class), settings.flag("fuses"));
  }
}
