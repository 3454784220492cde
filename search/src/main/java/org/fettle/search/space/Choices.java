package org.fettle.search.space;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What categorical and ordinal parameters share. */
final class Choices {

  private Choices() {}

  static List<Object> check(String name, List<Object> choices) {
    Names.check(name);
    if (choices.isEmpty()) {
      throw new IllegalArgumentException("Choices of " + name + " must not be empty");
    }
    List<Object> canonical = choices.stream().map(Values::canonical).toList();
    Set<Object> seen = new HashSet<>();
    for (Object choice : canonical) {
      if (!seen.add(choice)) {
        throw new IllegalArgumentException(
            "Choices of " + name + " must differ, but " + choice + " stands there twice");
      }
    }
    return canonical;
  }
}
