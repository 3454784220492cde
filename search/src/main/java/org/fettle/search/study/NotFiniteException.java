package org.fettle.search.study;

/**
 * A metric has no finite value: what was evaluated has diverged. An objective that sees this itself
 * may throw it too.
 */
public final class NotFiniteException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  public NotFiniteException(String metric, double value) {
    super("Value of metric " + metric + " must be finite, but was " + value);
  }
}
