package org.fettle.executor.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.training.LearningRates;

/** The state of a network's training as bytes, bit for bit. */
public final class StateCodec {

  private StateCodec() {}

  /** Returns the bytes of a state. */
  public static byte[] encoded(TrainingState state) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(state.epoch());
      write(out, state.parameters());
      out.writeInt(state.memory().arrays().size());
      for (float[] array : state.memory().arrays()) {
        write(out, array);
      }
      out.writeInt(state.memory().numbers().length);
      for (double number : state.memory().numbers()) {
        out.writeDouble(number);
      }
      out.writeLong(state.rates().step());
      out.writeDouble(state.rates().factor());
      out.writeDouble(state.rates().least());
      out.writeInt(state.rates().without());
      out.writeDouble(state.limit());
      out.writeBoolean(state.best().isPresent());
      if (state.best().isPresent()) {
        TrainingState.Best best = state.best().get();
        out.writeInt(best.epoch());
        out.writeDouble(best.value());
        write(out, best.parameters());
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e); // in memory
    }
  }

  /** The state of a run that goes on from where it was; empty where it begins. */
  public static Optional<TrainingState> state(Optional<RunProgress> progress) throws IOException {
    return progress.isPresent() ? Optional.of(decoded(progress.get().state())) : Optional.empty();
  }

  /**
   * Reads a state back.
   *
   * @throws IOException if the bytes are not those of a state
   */
  public static TrainingState decoded(byte[] state) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
      int epoch = in.readInt();
      float[] parameters = floats(in);
      List<float[]> arrays = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        arrays.add(floats(in));
      }
      double[] numbers = new double[in.readInt()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = in.readDouble();
      }
      LearningRates.State rates =
          new LearningRates.State(in.readLong(), in.readDouble(), in.readDouble(), in.readInt());
      double limit = in.readDouble();
      Optional<TrainingState.Best> best =
          in.readBoolean()
              ? Optional.of(new TrainingState.Best(in.readInt(), in.readDouble(), floats(in)))
              : Optional.empty();
      return new TrainingState(
          epoch, parameters, new TrainingState.Memory(arrays, numbers), rates, limit, best);
    }
  }

  private static void write(DataOutputStream out, float[] array) throws IOException {
    out.writeInt(array.length);
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(array.length, Float.BYTES));
    bytes.asFloatBuffer().put(array);
    out.write(bytes.array());
  }

  private static float[] floats(DataInputStream in) throws IOException {
    float[] array = new float[in.readInt()];
    byte[] bytes = new byte[Math.multiplyExact(array.length, Float.BYTES)];
    in.readFully(bytes);
    ByteBuffer.wrap(bytes).asFloatBuffer().get(array);
    return array;
  }
}
