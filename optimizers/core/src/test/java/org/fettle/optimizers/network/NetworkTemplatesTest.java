package org.fettle.optimizers.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.fettle.optimizers.data.Task;
import org.fettle.search.settings.Providers;
import org.fettle.search.settings.Settings;
import org.junit.jupiter.api.Test;

class NetworkTemplatesTest {

  private static NetworkSpec build(String template, Map<String, ?> settings, Task task) {
    NetworkTemplateProvider provider = Providers.named(NetworkTemplateProvider.class, template);
    return provider.build(Settings.of(provider.settings(), settings), new Shape.Features(4), task);
  }

  @Test
  void areFoundByName() {
    assertThat(Providers.all(NetworkTemplateProvider.class))
        .extracting(NetworkTemplateProvider::name)
        .containsExactly("attention", "convolutional", "layers", "linear", "mlp", "recurrent");
  }

  @Test
  void buildsAnMlpWithItsDefaults() {
    assertThat(build("mlp", Map.of("hidden", List.of(8L, 5L)), new Task.Classification(3)))
        .isEqualTo(
            new NetworkSpec(
                4,
                List.of(new Layer.Dense(8, Activation.RELU), new Layer.Dense(5, Activation.RELU)),
                3,
                Initialisation.HE));
  }

  @Test
  void buildsAnMlpWithEverySettingGiven() {
    Map<String, Object> settings =
        Map.of(
            "hidden",
            List.of(8L),
            "activation",
            "tanh",
            "dropout",
            0.25,
            "initialisation",
            "xavier");
    assertThat(build("mlp", settings, new Task.Regression()))
        .isEqualTo(
            new NetworkSpec(
                4,
                List.of(new Layer.Dense(8, Activation.TANH), new Layer.Dropout(0.25)),
                1,
                Initialisation.XAVIER));
  }

  @Test
  void buildsAnMlpWithoutHiddenLayers() {
    assertThat(build("mlp", Map.of("hidden", List.of()), new Task.Regression()).layers()).isEmpty();
  }

  @Test
  void buildsALinearNetworkFromZero() {
    assertThat(build("linear", Map.of(), new Task.Classification(2)))
        .isEqualTo(new NetworkSpec(4, List.of(), 2, Initialisation.ZERO));
  }

  @Test
  void refusesSettingsOutOfRangeAllAtOnce() {
    assertThatThrownBy(
            () ->
                build("mlp", Map.of("hidden", List.of(0L), "dropout", 1.0), new Task.Regression()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "hidden[0] must be an integer from 1 to 1048576, but was 0; "
                + "dropout must be a number ≥ 0.0 and < 1.0, but was 1.0");
  }

  @Test
  void refusesLayersThatCannotBe() {
    assertThatThrownBy(() -> new Layer.Dense(0, Activation.RELU))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Units must be at least 1, but were 0");
    assertThatThrownBy(() -> new Layer.Dropout(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Dropout rate must be at least 0 and less than 1, but was 1.0");
    assertThatThrownBy(() -> new NetworkSpec(0, List.of(), 1, Initialisation.HE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Features must be at least 1, but were 0");
    assertThatThrownBy(() -> new NetworkSpec(1, List.of(), 0, Initialisation.HE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Outputs must be at least 1, but were 0");
  }

  @Test
  void parametersAreTheWeightsAndBiasesOfEachLayer() {
    Layer.Dense five = new Layer.Dense(5, Activation.RELU);
    List<Layer> layers = List.of(five, new Layer.Dropout(0.5), new Layer.Dense(4, Activation.TANH));
    assertThat(new NetworkSpec(7, layers, 3, Initialisation.HE).parameterCount())
        .isEqualTo((7 + 1) * 5 + (5 + 1) * 4 + (4 + 1) * 3);
    assertThat(new NetworkSpec(7, List.of(), 3, Initialisation.ZERO).parameterCount())
        .isEqualTo((7 + 1) * 3);
  }
}
