package org.fettle.optimizers.loop;

import org.fettle.optimizers.training.ParameterBlock;
import org.fettle.optimizers.training.ParameterBlock.Role;

/**
 * Parameters of a layer that belong together: for each unit the weights of its inputs, or one
 * number.
 *
 * @param offset of the first among all parameters of the network
 * @param fanIn inputs of a unit, as far as its first weights depend on it
 * @param fanOut outputs of an input, likewise
 * @param initial what they begin with, unless they are weights
 */
public record Block(
    Role role, int offset, int units, int perUnit, int fanIn, int fanOut, float initial) {

  public int length() {
    return units * perUnit;
  }

  /** What training has to know of them. */
  public ParameterBlock described() {
    return new ParameterBlock(role, offset, length(), perUnit);
  }
}
