package org.fettle.optimizers.java;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fettle.optimizers.network.Layer.Recurrent;
import org.fettle.optimizers.network.Layer.Recurrent.Direction;
import org.fettle.optimizers.network.Layer.Recurrent.Says;
import org.fettle.optimizers.network.Shape;

/** Reads sequences from one end or from both. */
final class RecurrentNode implements Node {

  private final Shape.Sequence input;
  private final Says says;
  private final int units;
  private final List<Reading> readings = new ArrayList<>();
  private final boolean inputGradients;
  private float[] outputs = new float[0];
  private float[] ofInputs = new float[0];

  RecurrentNode(
      Parameters parameters, Recurrent layer, Shape.Sequence input, boolean inputGradients) {
    this.input = input;
    this.says = layer.says();
    this.units = layer.units();
    this.inputGradients = inputGradients;
    readings.add(new Reading(parameters, layer.cell(), input, Reading.Way.FORTH));
    if (layer.direction() == Direction.BIDIRECTIONAL) {
      readings.add(new Reading(parameters, layer.cell(), input, Reading.Way.BACK));
    }
  }

  /** Numbers that are said at a time. */
  private int width() {
    return readings.size() * units;
  }

  @Override
  public float[] forward(Batch batch, float[] values) {
    int times = says == Says.EVERY_STEP ? input.steps() : 1;
    outputs = Node.room(outputs, batch.rows() * times * width());
    for (int i = 0; i < readings.size(); i++) {
      Reading reading = readings.get(i);
      reading.forward(batch, values);
      for (int row = 0; row < batch.rows(); row++) {
        for (int time = 0; time < times; time++) {
          int step = says == Says.EVERY_STEP ? time : last(batch, i, row);
          reading.said(batch, row, step, outputs, (row * times + time) * width() + i * units);
        }
      }
    }
    return outputs;
  }

  /** The step that a reading ends with. */
  private static int last(Batch batch, int reading, int row) {
    return reading == 0 ? batch.lengths()[row] - 1 : 0;
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    if (inputGradients) {
      int length = batch.rows() * input.size();
      ofInputs = Node.room(ofInputs, length);
      Arrays.fill(ofInputs, 0, length, 0);
    }
    for (int i = 0; i < readings.size(); i++) {
      int reading = i;
      Reading.Said said = (step, to) -> add(batch, reading, step, gradients, to);
      readings.get(i).backward(batch, said, ofInputs);
    }
    return ofInputs;
  }

  private void add(Batch batch, int reading, int step, float[] gradients, float[] to) {
    boolean every = says == Says.EVERY_STEP;
    int rows = batch.rows();
    for (int row = 0; row < rows; row++) {
      if (every || step == last(batch, reading, row)) {
        int vector = every ? row * input.steps() + step : row;
        int from = vector * width() + reading * units;
        for (int unit = 0; unit < units; unit++) {
          to[unit * rows + row] += gradients[from + unit];
        }
      }
    }
  }

  @Override
  public void close() {
    readings.forEach(Reading::close);
  }
}
