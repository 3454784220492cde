package org.fettle.optimizers.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.EngineContract;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.search.settings.Providers;
import org.fettle.search.settings.Settings;
import org.junit.jupiter.api.Test;

class TorchEngineTest extends EngineContract {

  @Override
  protected Engine engine() {
    EngineProvider provider = Providers.named(EngineProvider.class, "torch");
    return provider.create(Settings.of(provider.settings(), Map.of()));
  }

  @Test
  void saysThatANetworkIsTooLarge() {
    NetworkSpec network =
        new NetworkSpec(
            50_000, List.of(new Layer.Dense(50_000, Activation.RELU)), 2, Initialisation.HE);
    assertThat(engine().unsupported(network, run(1).spec()))
        .containsExactly("Parameters must be at most 2147483639, but were 2500150002");
  }
}
