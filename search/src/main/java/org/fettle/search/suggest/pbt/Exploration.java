package org.fettle.search.suggest.pbt;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.SearchSpace;

/**
 * Changes an assignment a little. Each parameter that is not held is drawn anew now and then, else
 * a number is multiplied by one of two factors, at least to its next value; of an ordinal it is the
 * next choice up or down; other choices stay.
 */
final class Exploration {

  /** Forbidden combinations are met that often before the parent's assignment is taken as it is. */
  private static final int ATTEMPTS = 100;

  private final SearchSpace space;
  private final PbtSettings settings;

  Exploration(SearchSpace space, PbtSettings settings) {
    this.space = space;
    this.settings = settings;
  }

  Assignment near(Assignment parent, RandomGenerator random) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Assignment changed = space.assign(parameter -> value(parameter, parent, random));
      if (space.contains(changed)) {
        return changed;
      }
    }
    return parent;
  }

  private Object value(Parameter parameter, Assignment parent, RandomGenerator random) {
    Optional<Object> old = parent.value(parameter.name());
    if (old.isPresent() && settings.holds(parameter.name())) {
      return old.get();
    }
    if (old.isEmpty() || random.nextDouble() < settings.resample()) {
      return parameter.fromUnit(random.nextDouble());
    }
    return random.nextBoolean()
        ? changed(parameter, old.get(), settings.grow())
        : changed(parameter, old.get(), settings.shrink());
  }

  private static Object changed(Parameter parameter, Object value, double factor) {
    if (parameter instanceof CategoricalParameter) {
      return value;
    }
    if (parameter instanceof DoubleParameter number && number.step().isEmpty()) {
      double product = ((Number) value).doubleValue() * factor;
      return Math.max(number.low(), Math.min(number.high(), product));
    }
    long index = parameter.index(value);
    long target = index + (factor > 1 ? 1 : -1);
    if (parameter instanceof DoubleParameter number) {
      target = further(target, (asDouble(value) * factor - number.low()) / step(number), factor);
    } else if (parameter instanceof IntegerParameter number) {
      double steps = (asDouble(value) * factor - number.low()) / number.step();
      target = further(target, steps, factor);
    }
    long last = parameter.cardinality().orElseThrow() - 1;
    return parameter.value(Math.max(0, Math.min(last, target)));
  }

  /** Of the next value and the nearest to the product, the one that is further away. */
  private static long further(long next, double product, double factor) {
    long nearest = Math.round(product);
    return factor > 1 ? Math.max(next, nearest) : Math.min(next, nearest);
  }

  private static double asDouble(Object value) {
    return ((Number) value).doubleValue();
  }

  private static double step(DoubleParameter number) {
    return number.step().orElseThrow();
  }
}
