package org.fettle.optimizers.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.FloatPointer;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.training.ParameterBlock.Role;

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
    return claim(Role.WEIGHTS, units, inputs, fanIn, fanOut, 0);
  }

  /** Claims the weights of units that each see all inputs. */
  Block weights(int units, int inputs) {
    return weights(units, inputs, inputs, units);
  }

  /** Claims one number per unit. */
  Block others(int units, float initial) {
    return claim(Role.OTHERS, units, 1, 1, 1, initial);
  }

  /** Claims one running mean per unit. */
  Block statistics(int units, float initial) {
    return claim(Role.STATISTICS, units, 1, 1, 1, initial);
  }

  private Block claim(Role role, int units, int perUnit, int fanIn, int fanOut, float initial) {
    Block block = new Block(role, length, units, perUnit, fanIn, fanOut, initial);
    blocks.add(block);
    length += block.length();
    return block;
  }

  /** Gives all their first values. */
  void begin(Initialisation initialisation, RandomGenerator random) {
    values = new float[length];
    for (Block block : blocks) {
      if (block.role() == Role.WEIGHTS) {
        float[] weights = new float[block.length()];
        initialisation.fill(weights, block.perUnit(), block.fanIn(), block.fanOut(), random);
        System.arraycopy(weights, 0, values, block.offset(), weights.length);
      } else {
        Arrays.fill(values, block.offset(), block.offset() + block.length(), block.initial());
      }
    }
    copy.put(values, length);
  }

  List<Block> blocks() {
    return List.copyOf(blocks);
  }

  /** The array itself, to be read. */
  float[] values() {
    return values;
  }

  /** Takes over other values. */
  void set(float[] others) {
    System.arraycopy(others, 0, values, 0, length);
    copy.put(values, length);
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
