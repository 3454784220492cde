package org.fettle.search.space;

final class Names {

  private Names() {}

  static void check(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "Parameter name must not be blank, but was '" + name + "'");
    }
  }
}
