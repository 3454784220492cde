package org.fettle.optimizers.java;

import java.util.List;
import java.util.Optional;
import org.fettle.optimizers.engine.Claim;
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
    return "Java and OpenBLAS, on CPUs; all templates; the quickest for small networks; leaves models"
        + " of Deeplearning4j";
  }

  @Override
  public Optional<Claim> claim(String template) {
    return Optional.of(new Claim(Claim.ANY_JOB, "it is the quickest on CPUs"));
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
