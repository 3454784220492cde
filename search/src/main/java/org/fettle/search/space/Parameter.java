package org.fettle.search.space;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One dimension of a search space. A parameter maps its values onto the unit interval and back:
 * {@code fromUnit} takes any number, and {@code fromUnit(toUnit(v))} is {@code v} for every
 * discrete value and for every continuous value that {@code fromUnit} once returned.
 *
 * <p>Discrete parameters cut the unit interval into cells, equal on the parameter's scale, and
 * {@code toUnit} gives the middle of a cell.
 */
public sealed interface Parameter permits DoubleParameter, IntegerParameter, ChoiceParameter {

  String name();

  /** When the parameter is active. */
  Condition condition();

  /** The value that a user would take without tuning; a good place to start. */
  Optional<Object> defaultValue();

  /** How many values there are; empty for a continuous parameter. */
  OptionalLong cardinality();

  boolean contains(Object value);

  /**
   * Returns where a value lies in the unit interval.
   *
   * @throws IllegalArgumentException if the parameter does not contain the value
   */
  double toUnit(Object value);

  /**
   * Returns the value at a place in the unit interval.
   *
   * @param unit in [0, 1]; what lies outside counts as the nearer end, NaN is refused
   */
  Object fromUnit(double unit);

  /**
   * Returns one of the values, which ascend from index 0.
   *
   * @throws IllegalStateException if the parameter is continuous
   */
  Object value(long index);

  /**
   * Returns the index of a value.
   *
   * @throws IllegalArgumentException if the parameter does not contain the value
   * @throws IllegalStateException if the parameter is continuous
   */
  long index(Object value);

  /** The values in a few words: "float from 1.0E-4 to 0.1, log". */
  String summary();

  /** The same parameter, active only when the condition holds too. */
  Parameter when(Condition condition);

  /** Refuses a value that the parameter does not contain. */
  default void check(Object value) {
    if (!contains(value)) {
      throw new IllegalArgumentException(
          "Parameter " + name() + " must be " + summary() + ", but was " + value);
    }
  }
}
