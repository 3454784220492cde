package org.fettle.driver.job;

import org.fettle.search.space.Condition;

/**
 * Where reading stands.
 *
 * @param path in the file: {@code training.updater.choice[0].learning-rate}
 * @param name what a parameter here is called: {@code training.updater.adam.learning-rate}
 * @param condition when a parameter here is active
 * @param search whether there may be parameters here
 */
record Spot(String path, String name, Condition condition, Search search) {

  /** Whether a value may be left to the search. */
  enum Search {
    ALLOWED,
    REFUSED
  }

  static Spot of(String section, Search search) {
    return new Spot(section, section, Condition.always(), search);
  }

  Spot child(String key) {
    return new Spot(Node.join(path, key), Node.join(name, key), condition, search);
  }

  Spot element(int index) {
    String suffix = "[" + index + "]";
    return new Spot(path + suffix, name + suffix, condition, search);
  }

  /** The same parameter, at a key of its domain. */
  Spot at(String suffix) {
    return new Spot(path + suffix, name, condition, search);
  }

  Spot named(String suffix) {
    return new Spot(path, name + suffix, condition, search);
  }

  Spot when(Condition other) {
    return new Spot(path, name, condition.and(other), search);
  }
}
