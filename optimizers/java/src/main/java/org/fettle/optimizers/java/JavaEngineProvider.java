package org.fettle.optimizers.java;

import java.util.List;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Provides the engine {@code java}. */
public final class JavaEngineProvider implements EngineProvider {

  @Override
  public String name() {
    return JavaEngine.NAME;
  }

  @Override
  public String doc() {
    return "Java and OpenBLAS, on CPUs; leaves models of Deeplearning4j";
  }

  @Override
  public List<Setting> settings() {
    return List.of();
  }

  @Override
  public Engine create(Settings settings) {
    return new JavaEngine();
  }
}
