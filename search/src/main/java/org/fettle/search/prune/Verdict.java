package org.fettle.search.prune;

/** What a pruner says of a running trial. */
public sealed interface Verdict {

  /** The trial goes on. */
  record Keep() implements Verdict {}

  /**
   * The trial ends here.
   *
   * @param reason with the numbers it was decided by, in words a person understands
   */
  record Stop(String reason) implements Verdict {
    public Stop {
      if (reason.isBlank()) {
        throw new IllegalArgumentException("Reason of a stop must not be blank");
      }
    }
  }

  static Verdict keep() {
    return new Keep();
  }

  static Verdict stop(String reason) {
    return new Stop(reason);
  }
}
