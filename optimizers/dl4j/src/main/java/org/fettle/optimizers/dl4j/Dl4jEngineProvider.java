package org.fettle.optimizers.dl4j;

import java.util.List;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Provides the engine {@code dl4j}. */
public final class Dl4jEngineProvider implements EngineProvider {

  @Override
  public String name() {
    return Dl4jEngine.NAME;
  }

  @Override
  public String doc() {
    return "Deeplearning4j, on what ND4J runs on";
  }

  @Override
  public List<Setting> settings() {
    return List.of();
  }

  @Override
  public Engine create(Settings settings) {
    return new Dl4jEngine();
  }
}
