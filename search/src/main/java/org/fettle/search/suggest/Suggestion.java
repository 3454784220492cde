package org.fettle.search.suggest;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.History;
import org.fettle.search.study.Lineage;

/**
 * A proposed assignment.
 *
 * @param origin what proposed the assignment, for example {@code random}
 * @param lineage which trials the trial is to go on from; empty where it is to begin anew
 */
public record Suggestion(Assignment assignment, String origin, Optional<Lineage> lineage) {

  public Suggestion {
    requireNonNull(assignment, "assignment is null");
    requireNonNull(origin, "origin is null");
    requireNonNull(lineage, "lineage is null");
  }

  /** An assignment for a trial that begins anew. */
  public Suggestion(Assignment assignment, String origin) {
    this(assignment, origin, Optional.empty());
  }

  /** The history in which the trial has started. */
  public History startedIn(History history) {
    return lineage
        .map(from -> history.started(assignment, origin, from))
        .orElseGet(() -> history.started(assignment, origin));
  }
}
