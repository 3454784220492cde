package org.fettle.optimizers.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.dl4j.files.KerasTemplate;
import org.fettle.optimizers.engine.Predictor;
import org.fettle.optimizers.engine.WeightsFile;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.Loss;
import org.fettle.search.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keras has gated recurrent units in another order; Deeplearning4j has none. */
class KerasGatedUnitsTest {

  private static byte[] file(String name) throws IOException {
    try (InputStream in = KerasGatedUnitsTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  @Test
  void predictsAsKerasDoes(@TempDir Path directory) throws IOException {
    KerasTemplate template = new KerasTemplate();
    Map<String, Object> given = Map.of("file", template.read(file("gru.h5")));
    NetworkSpec network =
        template.build(
            Settings.of(template.settings(), given),
            new Shape.Sequence(5, 2),
            new Task.Classification(3));
    WeightsFile.write(directory, network.first().orElseThrow().values());
    Map<String, byte[]> files =
        Map.of(WeightsFile.NAME, Files.readAllBytes(directory.resolve(WeightsFile.NAME)));
    float[][] lines =
        new String(file("gru.csv"), StandardCharsets.UTF_8)
            .lines()
            .map(KerasGatedUnitsTest::numbers)
            .toArray(float[][]::new);
    float[][] rows =
        Arrays.stream(lines).map(line -> Arrays.copyOf(line, 10)).toArray(float[][]::new);
    try (Predictor predictor = new JavaModelReader().read(network, Loss.Link.SOFTMAX, files)) {
      FloatMatrix predictions = predictor.predict(FloatMatrix.of(rows));
      for (int row = 0; row < rows.length; row++) {
        for (int output = 0; output < 3; output++) {
          assertThat(predictions.at(row, output)).isCloseTo(lines[row][10 + output], within(2e-6f));
        }
      }
    }
  }

  private static float[] numbers(String line) {
    String[] texts = line.split(",");
    float[] numbers = new float[texts.length];
    for (int i = 0; i < texts.length; i++) {
      numbers[i] = Float.parseFloat(texts[i]);
    }
    return numbers;
  }
}
