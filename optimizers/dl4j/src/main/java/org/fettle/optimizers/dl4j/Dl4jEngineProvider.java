package org.fettle.optimizers.dl4j;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fettle.optimizers.engine.Claim;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.optimizers.engine.Exchange;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Provides the engine {@code dl4j}. */
public final class Dl4jEngineProvider implements EngineProvider {

  /** The back end's class, which is looked for and not loaded: without a device it cannot be. */
  private static final String CUDA = "org/nd4j/linalg/jcublas/JCublasBackend.class";

  @Override
  public String name() {
    return Dl4jEngine.NAME;
  }

  @Override
  public String doc() {
    return "Deeplearning4j's layers, on CPUs or what else ND4J runs on; all templates but attention;"
        + " leaves models of Deeplearning4j";
  }

  @Override
  public Set<Exchange> exchanges() {
    return Set.of(Exchange.AVERAGING);
  }

  @Override
  public Optional<Claim> claim(String template) {
    boolean cuda = Dl4jEngineProvider.class.getClassLoader().getResource(CUDA) != null;
    return cuda
        ? Optional.of(new Claim(Claim.DEVICE, "ND4J's back end here is CUDA"))
        : Optional.empty();
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
