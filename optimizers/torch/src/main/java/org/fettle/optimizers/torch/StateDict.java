package org.fettle.optimizers.torch;

import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.Tensor;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;

/**
 * A network's parameters in a file that PyTorch reads without Fettle: {@code
 * torch.jit.load(file).state_dict()} has them by the names, and in the forms, of PyTorch's own
 * modules: {@code layers.0.weight}, in a residual {@code layers.0.layers.1.weight}, {@code
 * output.bias}. A layer keeps its number also where others have no parameters.
 */
final class StateDict {

  /** Name of the file in a model's folder. */
  static final String FILE = "model.pt";

  private final Place place;
  private final Tensor values;
  private long next;

  private StateDict(Place place, Tensor values) {
    this.place = place;
    this.values = values;
  }

  /**
   * Writes a file.
   *
   * @param values of one network, in LibTorch's order
   */
  static void write(NetworkSpec network, Place place, Tensor values, Path file) {
    try (PointerScope scope = new PointerScope()) {
      StateDict dict = new StateDict(place, values.flatten());
      OutputArchive all = new OutputArchive();
      all.write("layers", dict.chain(network.layers(), network.input()));
      OutputArchive output = archive();
      dict.dense(output, network.features(), network.outputs());
      all.write("output", output);
      all.save_to(file.toString());
    }
  }

  private static OutputArchive archive() {
    return new OutputArchive(new CompilationUnit());
  }

  /** The next parameters, in a form. */
  private Tensor take(long... shape) {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    next += count;
    // A view would be written with all that it is a view of.
    return values.narrow(0, next - count, count).view(shape).clone();
  }

  private OutputArchive chain(List<Layer> layers, Shape input) {
    OutputArchive chain = archive();
    Shape shape = input;
    for (int i = 0; i < layers.size(); i++) {
      OutputArchive own = archive();
      add(own, layers.get(i), shape);
      chain.write(Integer.toString(i), own);
      shape = layers.get(i).output(shape);
    }
    return chain;
  }

  private void add(OutputArchive own, Layer layer, Shape input) {
    long features = input instanceof Shape.Sequence sequence ? sequence.features() : input.size();
    if (layer instanceof Layer.Dense dense) {
      dense(own, features, dense.units());
    } else if (layer instanceof Layer.Convolution convolution) {
      long kernel = convolution.kernel();
      long channels = ((Shape.Image) input).channels();
      own.write("weight", take(convolution.filters(), channels, kernel, kernel));
      own.write("bias", take(convolution.filters()));
    } else if (layer instanceof Layer.BatchNormalisation) {
      long channels = input instanceof Shape.Image image ? image.channels() : features;
      own.write("weight", take(channels));
      own.write("bias", take(channels));
      own.write("running_mean", take(channels), true);
      own.write("running_var", take(channels), true);
    } else if (layer instanceof Layer.LayerNormalisation) {
      own.write("weight", take(features));
      own.write("bias", take(features));
    } else if (layer instanceof Layer.Positions positions) {
      if (positions.kind() == Layer.Positions.Kind.LEARNED) {
        own.write("weight", take(input.size() / features, features));
      }
    } else if (layer instanceof Layer.SelfAttention) {
      own.write("in_proj_weight", take(3 * features, features));
      OutputArchive output = archive();
      output.write("weight", take(features, features));
      own.write("out_proj", output);
    } else if (layer instanceof Layer.Recurrent recurrent) {
      for (int reading = 0; reading < recurrent.readings(); reading++) {
        reading(own, recurrent, features, reading == 0 ? "_l0" : "_l0_reverse");
      }
    } else if (layer instanceof Layer.Residual residual) {
      own.write("layers", chain(residual.layers(), input));
    }
  }

  private void reading(OutputArchive own, Layer.Recurrent layer, long inputs, String suffix) {
    long sums = (long) layer.cell().gates() * layer.units();
    own.write("weight_ih" + suffix, take(sums, inputs));
    own.write("weight_hh" + suffix, take(sums, layer.units()));
    own.write("bias_ih" + suffix, take(sums));
    own.write("bias_hh" + suffix, layer.cell() == Cell.GRU ? take(sums) : place.zeros(sums));
  }

  private void dense(OutputArchive own, long inputs, long units) {
    own.write("weight", take(units, inputs));
    own.write("bias", take(units));
  }
}
