package org.fettle.optimizers.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/**
 * All that a network learns: in Java's memory, where it is updated, and a copy in native memory,
 * where it is multiplied. Layers first claim their blocks, then the network is begun.
 */
final class Parameters implements AutoCloseable {

  private final List<Block> blocks = new ArrayList<>();
  private final Native copy = new Native();
  private final Native gradientOfBlock = new Native();
  private int length;
  private float[] values = new float[0];
  private float[] gradients = new float[0];

  /** Claims the weights of units that see {@code inputs} numbers each. */
  Block weights(int units, int inputs, int fanIn, int fanOut) {
    return claim(Block.Role.WEIGHTS, units, inputs, fanIn, fanOut, 0);
  }

  /** Claims the weights of units that each see all inputs. */
  Block weights(int units, int inputs) {
    return weights(units, inputs, inputs, units);
  }

  /** Claims one number per unit. */
  Block others(int units, float initial) {
    return claim(Block.Role.OTHERS, units, 1, 1, 1, initial);
  }

  /** Claims one running mean per unit. */
  Block statistics(int units, float initial) {
    return claim(Block.Role.STATISTICS, units, 1, 1, 1, initial);
  }

  private Block claim(
      Block.Role role, int units, int perUnit, int fanIn, int fanOut, float initial) {
    Block block = new Block(role, length, units, perUnit, fanIn, fanOut, initial);
    blocks.add(block);
    length += block.length();
    return block;
  }

  /** Takes over the array of the values to begin with. */
  void begin(float[] initial) {
    values = initial;
    gradients = new float[initial.length];
    changed();
  }

  List<Block> blocks() {
    return List.copyOf(blocks);
  }

  int length() {
    return length;
  }

  /** The array itself; call {@link #changed} after a change. */
  float[] values() {
    return values;
  }

  /** The array itself, which each backward pass fills. */
  float[] gradients() {
    return gradients;
  }

  /** Copies the values to native memory. */
  void changed() {
    copy.put(values, values.length);
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
