package org.fettle.optimizers.torch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.dl4j.Dl4jFiles;
import org.fettle.optimizers.loop.EngineNetwork;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Loss;

/** One network: what predicts. For one thread at a time. */
final class TorchNetwork implements EngineNetwork {

  /** Rows predicted at once, and numbers in them, which bound the memory of a prediction. */
  private static final int MOST_ROWS = 1024;

  private static final int MOST_INPUTS = 1 << 18;

  private final NetworkSpec network;
  private final Loss loss;
  private final Settled settled;
  private final GateOrder order;
  private final Networks networks;

  /** Takes values in the order of {@link Layout}. */
  TorchNetwork(NetworkSpec network, Loss loss, Settled settled, float[] values) {
    this.network = network;
    this.loss = loss;
    this.settled = settled;
    this.order = new GateOrder(network, values.length);
    this.networks = new Networks(network, settled.place(), List.of(order.inward(values)));
  }

  Networks networks() {
    return networks;
  }

  GateOrder order() {
    return order;
  }

  @Override
  public float[] sums(FloatMatrix features) {
    int columns = features.columns();
    int outputs = network.outputs();
    float[] sums = new float[Math.multiplyExact(features.rows(), outputs)];
    int block = Math.min(MOST_ROWS, Math.max(1, MOST_INPUTS / columns));
    GradMode.set_enabled(false);
    try {
      for (int row = 0; row < features.rows(); row += block) {
        int rows = Math.min(block, features.rows() - row);
        float[] values = new float[rows * columns];
        System.arraycopy(features.values(), row * columns, values, 0, values.length);
        float[] ofBlock = predict(values, rows);
        System.arraycopy(ofBlock, 0, sums, row * outputs, ofBlock.length);
      }
    } finally {
      GradMode.set_enabled(true);
    }
    return sums;
  }

  private float[] predict(float[] values, int rows) {
    try (PointerScope scope = new PointerScope()) {
      Lengths lengths = Lengths.of(network.input(), values, rows);
      Tensor inputs = settled.place().floats(values, rows, network.inputs());
      Pass pass = new Pass(lengths.steps(settled.place()), Optional.empty(), Optional.empty());
      return Place.read(settled.computing(() -> networks.sums(pass, inputs)));
    }
  }

  @Override
  public float[] parameters() {
    try (PointerScope scope = new PointerScope()) {
      return order.outward(Place.read(networks.parameters().values()));
    }
  }

  @Override
  public double sumOfParameters() {
    try (PointerScope scope = new PointerScope()) {
      return networks
          .parameters()
          .values()
          .sum(new ScalarTypeOptional(ScalarType.Double))
          .item_double();
    }
  }

  @Override
  public void setParameters(float[] values) {
    try (PointerScope scope = new PointerScope()) {
      networks
          .parameters()
          .values()
          .copy_(settled.place().floats(order.inward(values), 1, values.length));
    }
  }

  @Override
  public void save(Path directory, Scaling scaling) throws IOException {
    StateDict.write(
        network,
        settled.place(),
        networks.parameters().values(),
        directory.resolve(StateDict.FILE));
    if (Dl4jFiles.unsupported(network).isEmpty()) {
      Dl4jFiles.write(directory, network, loss, parameters(), scaling);
    }
  }

  @Override
  public void close() {
    networks.close();
  }
}
