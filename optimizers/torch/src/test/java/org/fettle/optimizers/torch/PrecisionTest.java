package org.fettle.optimizers.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingJob;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Padding;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.optimizers.training.Updater;
import org.fettle.search.settings.Providers;
import org.fettle.search.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrecisionTest {

  private static Engine engine(String precision) {
    EngineProvider provider = Providers.named(EngineProvider.class, "torch");
    return provider.create(Settings.of(provider.settings(), Map.of("precision", precision)));
  }

  private static float[] predictions(Engine engine) {
    SplittableRandom random = new SplittableRandom(3);
    Shape image = new Shape.Image(1, 6, 6);
    float[] features = new float[40 * image.size()];
    float[] targets = new float[40];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextDouble(-1, 1);
    }
    for (int row = 0; row < 40; row++) {
      targets[row] = features[row * image.size()] > 0 ? 1 : 0;
    }
    NetworkSpec network =
        new NetworkSpec(
            image,
            List.of(
                new Layer.Convolution(4, 3, 1, Padding.SAME, Activation.RELU),
                new Layer.BatchNormalisation(),
                new Layer.Flatten(),
                new Layer.Dense(16, Activation.GELU)),
            2,
            Initialisation.HE);
    Examples examples = new Examples(new FloatMatrix(40, image.size(), features), targets);
    TrainingSpec spec =
        TrainingSpec.of(
            new Updater.Adam(0.01, 0.9, 0.999, 1e-8), Loss.of(new Task.Classification(2)), 8, 8);
    List<TrainingRun> runs =
        List.of(
            TrainingRun.of(network, spec, examples, 1), TrainingRun.of(network, spec, examples, 2));
    List<RunResult> results = engine.train(new TrainingJob(runs, 1), RunListener.NONE);
    ((RunResult.Trained) results.get(1)).model().close();
    try (TrainedModel model = ((RunResult.Trained) results.get(0)).model()) {
      return model.predict(examples.features()).values();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tf32", "bf16"})
  void trainsNearlyTheSameWithFewerBits(String precision) {
    float[] exact = predictions(engine("float32"));
    float[] rounded = predictions(engine(precision));
    double difference = 0;
    for (int i = 0; i < exact.length; i++) {
      difference += Math.abs(exact[i] - rounded[i]) / exact.length;
    }
    assertThat(difference).isCloseTo(0, within(0.1));
    if (precision.equals("bf16")) {
      assertThat(rounded).isNotEqualTo(exact);
    }
  }

  @Test
  void refusesOtherPrecisions() {
    assertThatThrownBy(() -> engine("float16"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("precision");
  }
}
