package org.fettle.optimizers.torch;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;

/** Networks of equal shape, at work as one. For one thread. */
final class Networks implements AutoCloseable {

  private final Shape input;
  private final Parameters parameters;
  private final Held held = new Held();
  private final Node layers;

  /**
   * Makes them.
   *
   * @param network the shape of all
   * @param values of each, in LibTorch's order
   */
  Networks(NetworkSpec network, Place place, List<float[]> values) {
    this.input = network.input();
    this.parameters = new Parameters(Layout.of(network).blocks(), place, values);
    try (PointerScope scope = new PointerScope()) {
      this.layers = Nodes.of(network, parameters, place, held);
    } catch (Throwable failure) {
      close();
      throw failure;
    }
  }

  Parameters parameters() {
    return parameters;
  }

  /**
   * The output layers' sums, {@code [models, rows, outputs]}.
   *
   * @param rows {@code [models, rows, numbers]}, or for images {@code [rows, models, numbers]}; one
   *     model's dimension is left out
   */
  Tensor sums(Pass pass, Tensor rows) {
    return layers.forward(pass, shaped(rows));
  }

  private Tensor shaped(Tensor rows) {
    if (input instanceof Shape.Image image) {
      return rows.view(
          -1, (long) parameters.models() * image.channels(), image.height(), image.width());
    }
    if (input instanceof Shape.Sequence sequence) {
      long count = rows.size(-2);
      return parameters.models() == 1
          ? rows.view(count, sequence.steps(), sequence.features())
          : rows.view(parameters.models(), count, sequence.steps(), sequence.features());
    }
    return rows;
  }

  @Override
  public void close() {
    held.close();
    parameters.close();
  }
}
