package org.fettle.optimizers.torch;

import java.util.List;
import java.util.stream.IntStream;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;

/**
 * Where each parameter of LibTorch's order is in {@link Layout}'s: an LSTM has other gates first
 * there.
 */
final class GateOrder {

  /** The gates of LibTorch, by their numbers in the layout. */
  private static final int[] GATES = {3, 1, 0, 2};

  private final int[] places;
  private boolean changes;

  GateOrder(NetworkSpec network, int length) {
    this.places = IntStream.range(0, length).toArray();
    chain(network.layers(), network.input(), 0);
  }

  private int chain(List<Layer> layers, Shape input, int from) {
    int at = from;
    Shape shape = input;
    for (Layer layer : layers) {
      if (layer instanceof Layer.Residual residual) {
        at = chain(residual.layers(), shape, at);
      } else {
        if (layer instanceof Layer.Recurrent recurrent && recurrent.cell() == Cell.LSTM) {
          turn(recurrent, ((Shape.Sequence) shape).features(), at);
        }
        at += Layout.of(layer, shape).length();
      }
      shape = layer.output(shape);
    }
    return at;
  }

  private void turn(Layer.Recurrent layer, int inputs, int from) {
    changes = true;
    int at = from;
    for (int reading = 0; reading < layer.readings(); reading++) {
      for (int perUnit : new int[] {inputs, layer.units(), 1}) {
        int gate = layer.units() * perUnit;
        for (int i = 0; i < GATES.length * gate; i++) {
          places[at + i] = at + GATES[i / gate] * gate + i % gate;
        }
        at += GATES.length * gate;
      }
    }
  }

  /** From the layout's order to LibTorch's. */
  float[] inward(float[] values) {
    if (!changes) {
      return values;
    }
    float[] turned = new float[values.length];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = values[places[i]];
    }
    return turned;
  }

  /** From LibTorch's order to the layout's. */
  float[] outward(float[] values) {
    if (!changes) {
      return values;
    }
    float[] turned = new float[values.length];
    for (int i = 0; i < turned.length; i++) {
      turned[places[i]] = values[i];
    }
    return turned;
  }
}
