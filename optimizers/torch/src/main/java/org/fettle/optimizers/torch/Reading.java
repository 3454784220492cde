package org.fettle.optimizers.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.fettle.optimizers.network.Layer.Recurrent;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;
import org.fettle.optimizers.network.Shape;

/**
 * One reading of sequences by recurrent units from their first step on. Steps that a row lacks come
 * last, so that they have no influence on those before.
 */
final class Reading {

  private final int models;
  private final Cell cell;
  private final long units;
  private final long steps;
  private final Place place;
  private final Tensor weights;
  private final Tensor recurrent;
  private final Tensor biases;

  /** LibTorch adds two biases. */
  private final Tensor none;

  Reading(Parameters parameters, Recurrent layer, Shape.Sequence input, Place place, Held held) {
    this.models = parameters.models();
    this.cell = layer.cell();
    this.units = layer.units();
    this.steps = input.steps();
    this.place = place;
    this.weights = parameters.next();
    this.recurrent = parameters.next();
    this.biases = parameters.next(cell == Cell.LSTM ? 3 : 1);
    this.none = held.keep(place.zeros(cell.gates() * units));
  }

  /** The state after each step. */
  Tensor states(Tensor x) {
    if (models == 1) {
      return alone(x, weights, recurrent, biases);
    }
    return place.isCpu() && cell == Cell.LSTM ? eachAlone(x) : together(x);
  }

  private Tensor alone(Tensor x, Tensor ofInputs, Tensor ofStates, Tensor ofUnits) {
    Tensor first = place.zeros(1, x.size(0), units);
    TensorVector all = new TensorVector(ofInputs, ofStates, ofUnits, none);
    if (cell == Cell.LSTM) {
      return torch
          .lstm(x, new TensorVector(first, first), all, true, 1, 0, false, false, true)
          .get0();
    }
    return torch.rnn_tanh(x, first, all, true, 1, 0, false, false, true).get0();
  }

  /** On a CPU, LibTorch's own LSTM is quicker for one model than products of all, step by step. */
  private Tensor eachAlone(Tensor x) {
    TensorVector inputs = x.unbind(0);
    TensorVector ofInputs = weights.unbind(0);
    TensorVector ofStates = recurrent.unbind(0);
    TensorVector ofUnits = biases.unbind(0);
    TensorVector states = new TensorVector();
    for (int model = 0; model < models; model++) {
      states.push_back(
          alone(inputs.get(model), ofInputs.get(model), ofStates.get(model), ofUnits.get(model)));
    }
    return torch.stack(states);
  }

  /** The models side by side in each product. */
  private Tensor together(Tensor x) {
    TensorVector sums = DenseNode.apply(x, models, weights, biases).unbind(2);
    Tensor turned = recurrent.transpose(1, 2);
    TensorVector states = new TensorVector();
    Tensor state = null;
    Tensor memory = null;
    for (long step = 0; step < steps; step++) {
      Tensor ofInput = sums.get(step);
      Tensor sum = state == null ? ofInput : torch.baddbmm(ofInput, state, turned);
      if (cell == Cell.SIMPLE) {
        state = torch.tanh(sum);
      } else {
        // In LibTorch's order: input gates, forget gates, what is taken in, output gates.
        Tensor gates = torch.sigmoid(sum);
        Tensor taken = gates.narrow(-1, 0, units).mul(torch.tanh(sum.narrow(-1, 2 * units, units)));
        memory =
            memory == null ? taken : torch.addcmul(taken, gates.narrow(-1, units, units), memory);
        state = gates.narrow(-1, 3 * units, units).mul(torch.tanh(memory));
      }
      states.push_back(state);
    }
    return torch.stack(states, 2);
  }
}
