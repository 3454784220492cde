package org.fettle.optimizers.training;

import static java.util.Objects.requireNonNull;

/**
 * A run of a network's parameters that training treats alike.
 *
 * @param offset of the first among all parameters
 * @param perUnit how many lie together as the incoming weights of one unit; {@code length} is a
 *     multiple of it
 */
public record ParameterBlock(Role role, int offset, int length, int perUnit) {

  /** How training treats a parameter. */
  public enum Role {
    /** Learnt, and kept small by the regularisation. */
    WEIGHTS,
    /** Learnt, such as biases and the scales of a normalisation. */
    OTHERS,
    /** Not learnt: its "gradient" is what the step takes off as it is, as of running means. */
    STATISTICS
  }

  public ParameterBlock {
    requireNonNull(role, "role is null");
    if (offset < 0 || length < 0 || perUnit < 1 || length % perUnit != 0) {
      throw new IllegalArgumentException(
          "Block must be whole units of at least 1 from at least 0, but was %d of %d from %d"
              .formatted(length, perUnit, offset));
    }
  }

  int end() {
    return offset + length;
  }
}
