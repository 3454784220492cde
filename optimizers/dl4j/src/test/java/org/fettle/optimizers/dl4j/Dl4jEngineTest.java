package org.fettle.optimizers.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.EngineContract;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.Updater;
import org.fettle.search.settings.Providers;
import org.fettle.search.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;

class Dl4jEngineTest extends EngineContract {

  @Override
  protected Engine engine() {
    return Providers.named(EngineProvider.class, "dl4j").create(Settings.of(List.of(), Map.of()));
  }

  @Test
  void savesAClassifierThatDeeplearning4jAlonePredictsWithFromRawValues(@TempDir Path directory)
      throws Exception {
    TrainingRun run = run(7);
    FloatMatrix features = run.training().features();
    FloatMatrix expected;
    try (TrainedModel model = trained(run)) {
      expected = model.predict(features);
      model.save(directory, Scaling.ofFeatures(new float[] {5, -3}, new float[] {10, 0.1f}));
    }
    File file = directory.resolve("model.zip").toFile();
    INDArray raw = Nd4j.create(new float[features.rows()][2]);
    for (int row = 0; row < features.rows(); row++) {
      raw.putScalar(row, 0, features.at(row, 0) * 10 + 5);
      raw.putScalar(row, 1, features.at(row, 1) * 0.1 - 3);
    }

    MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(file);
    NormalizerStandardize scaling = ModelSerializer.restoreNormalizerFromFile(file);
    scaling.transform(raw);
    INDArray predictions = network.output(raw);

    for (int row = 0; row < features.rows(); row++) {
      assertThat(predictions.getFloat(row, 1)).isCloseTo(expected.at(row, 1), within(1e-5f));
    }
  }

  @Test
  void savesARegressionThatDeeplearning4jAlonePredictsWithInTheTargetsUnit(@TempDir Path directory)
      throws Exception {
    Examples examples = values(20, 2, 1);
    TrainingRun run =
        TrainingRun.of(
            mlp(2, 1, 0.1),
            spec(new Updater.Sgd(0.005, 0.9), 1e-4, new Loss.MeanSquaredError(), 4, 3),
            examples,
            1);
    FloatMatrix expected;
    try (TrainedModel model = trained(run)) {
      expected = model.predict(examples.features());
      Scaling scaling =
          Scaling.ofFeatures(new float[] {0, 0}, new float[] {1, 1}).withTarget(100, 20);
      model.save(directory, scaling);
    }
    File file = directory.resolve("model.zip").toFile();
    INDArray raw = Nd4j.create(examples.features().values(), new long[] {20, 2}, 'c');

    MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(file);
    NormalizerStandardize scaling = ModelSerializer.restoreNormalizerFromFile(file);
    scaling.transform(raw);
    INDArray predictions = network.output(raw);
    scaling.revertLabels(predictions);

    for (int row = 0; row < 20; row++) {
      assertThat(predictions.getFloat(row, 0))
          .isCloseTo(expected.at(row, 0) * 20 + 100, within(1e-3f));
    }
  }

  @Test
  void saysThatANetworkIsTooLarge() {
    NetworkSpec network =
        new NetworkSpec(
            50_000,
            List.of(new org.fettle.optimizers.network.Layer.Dense(50_000, Activation.RELU)),
            2,
            Initialisation.HE);
    assertThat(engine().unsupported(network, run(1).spec()))
        .containsExactly("Parameters must be at most 2147483639, but were 2500150002");
  }
}
