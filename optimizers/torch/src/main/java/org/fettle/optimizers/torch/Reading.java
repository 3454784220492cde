package org.fettle.optimizers.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.fettle.optimizers.network.Layer.Recurrent;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;

/**
 * One reading of sequences by recurrent units from their first step on. Steps that a row lacks come
 * last, so that they have no influence on those before.
 */
final class Reading {

  private final int models;
  private final Cell cell;
  private final long units;
  private final Place place;
  private final Tensor weights;
  private final Tensor recurrent;

  /** Those of the inputs, and for a GRU behind them those of the states. */
  private final Tensor biases;

  /** LibTorch's LSTM adds biases of states as well. */
  private final Tensor none;

  Reading(Parameters parameters, Recurrent layer, Place place, Held held) {
    this.models = parameters.models();
    this.cell = layer.cell();
    this.units = layer.units();
    this.place = place;
    this.weights = parameters.next();
    this.recurrent = parameters.next();
    this.biases = parameters.next(cell == Cell.LSTM ? 3 : 1);
    this.none = held.keep(place.zeros(gates()));
  }

  private long gates() {
    return cell.gates() * units;
  }

  /** The state after each step. */
  Tensor states(Pass pass, Tensor x) {
    if (cell != Cell.LSTM) {
      return stepByStep(x);
    }
    if (models == 1) {
      return lstm(pass, x, weights, recurrent, biases);
    }
    return place.isCpu() ? eachAlone(pass, x) : stepByStep(x);
  }

  private Tensor lstm(Pass pass, Tensor x, Tensor ofInputs, Tensor ofStates, Tensor ofUnits) {
    Tensor first = place.zeros(1, x.size(0), units);
    TensorVector all = new TensorVector(ofInputs, ofStates, ofUnits, none);
    return torch
        .lstm(x, new TensorVector(first, first), all, true, 1, 0, pass.training(), false, true)
        .get0();
  }

  /** On a CPU, LibTorch's own LSTM is quicker for one model than products of all, step by step. */
  private Tensor eachAlone(Pass pass, Tensor x) {
    TensorVector inputs = x.unbind(0);
    TensorVector ofInputs = weights.unbind(0);
    TensorVector ofStates = recurrent.unbind(0);
    TensorVector ofUnits = biases.unbind(0);
    TensorVector states = new TensorVector();
    for (int model = 0; model < models; model++) {
      states.push_back(
          lstm(
              pass,
              inputs.get(model),
              ofInputs.get(model),
              ofStates.get(model),
              ofUnits.get(model)));
    }
    return torch.stack(states);
  }

  /** The models side by side in each product. */
  private Tensor stepByStep(Tensor x) {
    Tensor ofInputs = DenseNode.apply(x, models, weights, biases.narrow(-1, 0, gates()));
    TensorVector sums = ofInputs.unbind(-2);
    Tensor turned = recurrent.transpose(-2, -1);
    Tensor zeros = place.zeros(sums.get(0).shape()).narrow(-1, 0, units);
    Tensor state = zeros;
    Tensor memory = zeros;
    TensorVector states = new TensorVector();
    for (long step = 0; step < sums.size(); step++) {
      Tensor sum = sums.get(step);
      if (cell == Cell.SIMPLE) {
        state = torch.tanh(step == 0 ? sum : product(sum, state, turned));
      } else if (cell == Cell.GRU) {
        state = gated(sum, state, turned);
      } else {
        // In LibTorch's order: input gates, forget gates, what is taken in, output gates.
        Tensor all = product(sum, state, turned);
        Tensor gates = torch.sigmoid(all);
        Tensor taken = gates.narrow(-1, 0, units).mul(torch.tanh(all.narrow(-1, 2 * units, units)));
        memory = torch.addcmul(taken, gates.narrow(-1, units, units), memory);
        state = gates.narrow(-1, 3 * units, units).mul(torch.tanh(memory));
      }
      states.push_back(state);
    }
    return torch.stack(states, -2);
  }

  /** The state of gated units: their reset gates, update gates, and what they take in. */
  private Tensor gated(Tensor ofInput, Tensor state, Tensor turned) {
    Tensor bias = biases.narrow(-1, gates(), gates());
    Tensor ofState = product(models == 1 ? bias : bias.unsqueeze(1), state, turned);
    Tensor gates =
        torch.sigmoid(ofInput.narrow(-1, 0, 2 * units).add(ofState.narrow(-1, 0, 2 * units)));
    Tensor taken =
        torch.tanh(
            torch.addcmul(
                ofInput.narrow(-1, 2 * units, units),
                gates.narrow(-1, 0, units),
                ofState.narrow(-1, 2 * units, units)));
    return torch.addcmul(taken, gates.narrow(-1, units, units), state.sub(taken));
  }

  private Tensor product(Tensor sum, Tensor state, Tensor turned) {
    return models == 1 ? torch.addmm(sum, state, turned) : torch.baddbmm(sum, state, turned);
  }
}
