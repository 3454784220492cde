package org.fettle.search.settings;

import java.util.List;

/**
 * What makes a component from its settings, found by name with {@link Providers}. An extension
 * point is an interface that extends this one with a method that creates the component; its
 * implementations are listed in {@code META-INF/services}, are stateless and have a public
 * constructor without parameters.
 */
public interface Provider {

  /** The name in job files and commands, kebab-case. */
  String name();

  /** One line that says what the component is. */
  String doc();

  /** What the component can be told. */
  List<Setting> settings();
}
