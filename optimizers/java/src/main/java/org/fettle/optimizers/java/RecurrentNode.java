package org.fettle.optimizers.java;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
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
  private final Native inputs = new Native();
  private final Native nativeOfInputs = new Native();
  private float[] turned = new float[0];
  private float[] outputs = new float[0];
  private float[] ofStates = new float[0];
  private float[] ofInputs = new float[0];

  RecurrentNode(
      Parameters parameters, Recurrent layer, Shape.Sequence input, boolean inputGradients) {
    this.input = input;
    this.says = layer.says();
    this.units = layer.units();
    this.inputGradients = inputGradients;
    readings.add(new Reading(parameters, layer.cell(), units, input, Reading.Way.FORTH));
    if (layer.direction() == Direction.BIDIRECTIONAL) {
      readings.add(new Reading(parameters, layer.cell(), units, input, Reading.Way.BACK));
    }
  }

  @Override
  public float[] forward(Batch batch, float[] values) {
    int rows = batch.rows();
    turned = Node.room(turned, rows * input.size());
    turn(values, turned, rows);
    FloatPointer native_ = inputs.put(turned, rows * input.size());
    int width = readings.size() * units;
    int each = says == Says.EVERY_STEP ? input.steps() : 1;
    outputs = Node.room(outputs, rows * each * width);
    for (int i = 0; i < readings.size(); i++) {
      Reading reading = readings.get(i);
      reading.forward(batch, native_);
      for (int row = 0; row < rows; row++) {
        for (int step = 0; step < each; step++) {
          int from = (said(batch, i, row, step) * rows + row) * units;
          int to = (row * each + step) * width + i * units;
          System.arraycopy(reading.states(), from, outputs, to, units);
        }
      }
    }
    return outputs;
  }

  /** The step whose state is an output. */
  private int said(Batch batch, int reading, int row, int step) {
    if (says == Says.EVERY_STEP) {
      return step;
    }
    return reading == 0 ? batch.lengths()[row] - 1 : 0;
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    int rows = batch.rows();
    int length = rows * input.steps() * units;
    int width = readings.size() * units;
    int each = says == Says.EVERY_STEP ? input.steps() : 1;
    ofStates = Node.room(ofStates, length);
    for (int i = 0; i < readings.size(); i++) {
      Arrays.fill(ofStates, 0, length, 0);
      for (int row = 0; row < rows; row++) {
        for (int step = 0; step < each; step++) {
          int from = (row * each + step) * width + i * units;
          int to = (said(batch, i, row, step) * rows + row) * units;
          System.arraycopy(gradients, from, ofStates, to, units);
        }
      }
      FloatPointer room = inputGradients ? nativeOfInputs.room(rows * input.size()) : null;
      readings.get(i).backward(batch, ofStates, inputs.at(0), i == 0 ? 0 : 1, room);
    }
    if (inputGradients) {
      nativeOfInputs.get(turned, 0, rows * input.size());
      ofInputs = Node.room(ofInputs, rows * input.size());
      turnBack(turned, ofInputs, rows);
    }
    return ofInputs;
  }

  /** From row by row to step by step. */
  private void turn(float[] from, float[] to, int rows) {
    int width = input.features();
    for (int row = 0; row < rows; row++) {
      for (int step = 0; step < input.steps(); step++) {
        int at = row * input.size() + step * width;
        System.arraycopy(from, at, to, (step * rows + row) * width, width);
      }
    }
  }

  private void turnBack(float[] from, float[] to, int rows) {
    int width = input.features();
    for (int row = 0; row < rows; row++) {
      for (int step = 0; step < input.steps(); step++) {
        int at = row * input.size() + step * width;
        System.arraycopy(from, (step * rows + row) * width, to, at, width);
      }
    }
  }

  @Override
  public void close() {
    readings.forEach(Reading::close);
    inputs.close();
    nativeOfInputs.close();
  }
}
