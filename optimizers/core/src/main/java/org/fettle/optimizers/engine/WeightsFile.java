package org.fettle.optimizers.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * All that a network has learnt, as plain numbers: 32-bit floats, the least significant byte first,
 * layer by layer in the network's order, the output layer last. A layer's weights come before its
 * biases, and lie unit by unit; {@code NetworkReference} in the tests has the order within each
 * kind.
 */
public final class WeightsFile {

  public static final String NAME = "weights.bin";

  private WeightsFile() {}

  /** Writes {@value #NAME} into a folder that exists. */
  public static void write(Path directory, float[] weights) throws IOException {
    Files.write(directory.resolve(NAME), encoded(weights));
  }

  /** What {@value #NAME} holds of some weights. */
  public static byte[] encoded(float[] weights) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(weights.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(weights);
    return bytes.array();
  }

  /**
   * The weights among a model's files.
   *
   * @throws IOException where there are none, or not as many as there must be
   */
  public static float[] read(Map<String, byte[]> files, int count) throws IOException {
    float[] weights = read(files);
    if (weights.length != count) {
      throw new IOException(
          "%s must have %d bytes, as there are %d weights, but had %d"
              .formatted(
                  NAME, (long) count * Float.BYTES, count, (long) weights.length * Float.BYTES));
    }
    return weights;
  }

  /** The weights among a model's files, however many. */
  public static float[] read(Map<String, byte[]> files) throws IOException {
    byte[] bytes = files.get(NAME);
    if (bytes == null) {
      throw new IOException("Model must have " + NAME + ", but had " + files.keySet());
    }
    float[] weights = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(weights);
    return weights;
  }
}
