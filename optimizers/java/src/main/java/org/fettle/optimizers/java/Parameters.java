package org.fettle.optimizers.java;

import java.util.Iterator;
import org.bytedeco.javacpp.FloatPointer;
import org.fettle.optimizers.loop.Block;
import org.fettle.optimizers.loop.Layout;

/**
 * All that a network learns: in Java's memory, where it is updated, and a copy in native memory,
 * where it is multiplied.
 */
final class Parameters implements AutoCloseable {

  private final Native copy = new Native();
  private final Native gradientOfBlock = new Native();
  private final Iterator<Block> untaken;
  private final float[] values;
  private float[] gradients = new float[0];

  /**
   * Takes over the values.
   *
   * @param layout of which the network's layers take one block after the other
   */
  Parameters(Layout layout, float[] values) {
    this.untaken = layout.blocks().iterator();
    this.values = values;
    copy.put(values, values.length);
  }

  /** The block that no layer has taken yet. */
  Block next() {
    return untaken.next();
  }

  /** The array itself, to be read. */
  float[] values() {
    return values;
  }

  /** Takes over other values. */
  void set(float[] others) {
    System.arraycopy(others, 0, values, 0, values.length);
    copy.put(values, values.length);
  }

  /** Makes the gradients go into an array from here on. */
  void gradientsInto(float[] array) {
    gradients = array;
  }

  /** The array that the backward pass fills. */
  float[] gradients() {
    return gradients;
  }

  /** A block of the native copy. */
  FloatPointer at(Block block) {
    return copy.at(block.offset());
  }

  /** Native room for the gradient of a block, to be filled and then {@link #fetch}ed. */
  FloatPointer gradient(Block block) {
    return gradientOfBlock.room(block.length());
  }

  void fetch(Block block) {
    gradientOfBlock.get(gradients, block.offset(), block.length());
  }

  @Override
  public void close() {
    copy.close();
    gradientOfBlock.close();
  }
}
