package org.fettle.optimizers.torch;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.optimizers.engine.Exchange;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Provides the engine {@code torch}. */
public final class TorchEngineProvider implements EngineProvider {

  @Override
  public String name() {
    return TorchEngine.NAME;
  }

  @Override
  public String doc() {
    return "LibTorch, on CPUs and NVIDIA GPUs; all templates; trains runs of equal shape as one"
        + " network; leaves models of Deeplearning4j";
  }

  @Override
  public Set<Exchange> exchanges() {
    return Set.of(Exchange.GRADIENTS);
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.word(
                "precision",
                Arrays.stream(Precision.values()).map(Precision::setting).toList(),
                "what products are computed in: float32; tf32, which GPUs have; or bf16 throughout"
                    + " a pass")
            .or(Precision.FLOAT32.setting()));
  }

  @Override
  public Engine create(Settings settings) {
    return new TorchEngine(Precision.named(settings.text("precision")));
  }
}
