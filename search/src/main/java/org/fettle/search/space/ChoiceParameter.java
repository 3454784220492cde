package org.fettle.search.space;

import java.util.List;
import java.util.OptionalLong;

/** What categorical and ordinal parameters share: a list of values, a cell for each. */
sealed interface ChoiceParameter extends Parameter permits CategoricalParameter, OrdinalParameter {

  List<Object> choices();

  @Override
  default OptionalLong cardinality() {
    return OptionalLong.of(choices().size());
  }

  @Override
  default boolean contains(Object value) {
    return choices().contains(value);
  }

  @Override
  default double toUnit(Object value) {
    return Units.middle(index(value), choices().size());
  }

  @Override
  default Object fromUnit(double unit) {
    return value(Units.cell(name(), unit, choices().size()));
  }

  @Override
  default Object value(long index) {
    return choices().get(Math.toIntExact(index));
  }

  @Override
  default long index(Object value) {
    check(value);
    return choices().indexOf(value);
  }
}
