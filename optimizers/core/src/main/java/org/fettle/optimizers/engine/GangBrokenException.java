package org.fettle.optimizers.engine;

/** A {@link Gang} has come apart: another member is gone, or does not answer in time. */
public final class GangBrokenException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public GangBrokenException(String message) {
    super(message);
  }
}
