package org.fettle.search.suggest;

import static java.util.Objects.requireNonNull;

import org.fettle.search.space.Assignment;

/**
 * A proposed assignment.
 *
 * @param origin what proposed the assignment, for example {@code random}
 */
public record Suggestion(Assignment assignment, String origin) {

  public Suggestion {
    requireNonNull(assignment, "assignment is null");
    requireNonNull(origin, "origin is null");
  }
}
