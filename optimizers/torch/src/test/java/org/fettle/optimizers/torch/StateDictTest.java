package org.fettle.optimizers.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.Tensor;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDictTest {

  private static final Layer.Recurrent LSTM =
      new Layer.Recurrent(
          Layer.Recurrent.Cell.LSTM,
          2,
          Layer.Recurrent.Direction.FORWARD,
          Layer.Recurrent.Says.AT_THE_END);

  @Test
  void hasTheParametersByTheNamesOfPyTorch(@TempDir Path directory) throws Exception {
    NetworkSpec network =
        new NetworkSpec(
            new Shape.Sequence(3, 4),
            List.of(new Layer.Residual(List.of(new Layer.Dense(4, Activation.TANH))), LSTM),
            3,
            Initialisation.XAVIER);
    float[] values = new float[Layout.of(network).length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    try (TorchNetwork made =
        new TorchNetwork(
            network,
            Loss.of(new Task.Classification(3)),
            new Settled(Place.CPU, Precision.FLOAT32),
            values)) {
      float[] ones = new float[12];
      Arrays.fill(ones, 1);
      made.save(directory, Scaling.ofFeatures(new float[12], ones));
      assertThat(made.parameters()).containsExactly(values);
      assertThat(made.sums(new FloatMatrix(1, 12, new float[12]))).hasSize(3);
    }
    Path file = directory.resolve("model.pt");
    assertThat(Files.size(file)).isPositive();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.size()).isPositive();
    }
    try (PointerScope scope = new PointerScope()) {
      InputArchive all = new InputArchive();
      all.load_from(file.toString());
      InputArchive layers = part(all, "layers");
      assertThat(read(part(part(part(layers, "0"), "layers"), "0"), "bias"))
          .containsExactly(16, 17, 18, 19);
      // Of the gates in the order of the layout, the last comes first.
      assertThat(read(part(layers, "1"), "weight_ih_l0"))
          .hasSize(32)
          .startsWith(20 + 24, 20 + 25)
          .endsWith(20 + 22, 20 + 23);
      assertThat(read(part(layers, "1"), "bias_hh_l0")).containsOnly(0);
      assertThat(read(part(all, "output"), "weight")).hasSize(6);
    }
  }

  private static InputArchive part(InputArchive of, String name) {
    InputArchive part = new InputArchive();
    of.read(name, part);
    return part;
  }

  private static float[] read(InputArchive from, String name) {
    Tensor tensor = new Tensor();
    from.read(name, tensor);
    return Place.read(tensor);
  }
}
