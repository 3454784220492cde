package org.fettle.optimizers.engine;

import static java.util.Objects.requireNonNull;

/**
 * Why a job that leaves its engine open should be trained by one. Of the engines that can train it,
 * the one with the highest rank is taken.
 *
 * @param reason what users read, such as "it is the quickest on CPUs"
 */
public record Claim(int rank, String reason) {

  /** An engine that trains any job here. */
  public static final int ANY_JOB = 0;

  /** An engine that is clearly quicker than others for such a model. */
  public static final int QUICKER = 5;

  /** An engine that uses a device that is there. */
  public static final int DEVICE = 10;

  /** The one engine that can train such a model. */
  public static final int MODEL = 20;

  public Claim {
    requireNonNull(reason, "reason is null");
  }
}
