package org.fettle.optimizers.torch;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fettle.optimizers.engine.Claim;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.optimizers.engine.Exchange;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** Provides the engine {@code torch}. */
public final class TorchEngineProvider implements EngineProvider {

  /** Of the build for GPUs, which is looked for and not loaded: without a device it cannot be. */
  private static final String CUDA = "org/bytedeco/pytorch/linux-x86_64-gpu/libjnitorch.so";

  @Override
  public String name() {
    return TorchEngine.NAME;
  }

  @Override
  public String doc() {
    return "LibTorch, on CPUs and NVIDIA GPUs; all templates; trains runs of equal shape as one"
        + " network; leaves models of PyTorch and of Deeplearning4j";
  }

  @Override
  public Optional<Claim> claim(String template) {
    if (TorchEngineProvider.class.getClassLoader().getResource(CUDA) != null) {
      return Optional.of(new Claim(Claim.DEVICE, "LibTorch's build here is the one for GPUs"));
    }
    return Optional.empty();
  }

  @Override
  public int libraryMebibytes() {
    return 384; // Its build for CPUs; measured as resident memory.
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
