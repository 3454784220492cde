package org.fettle.driver.report;

/**
 * How a cluster is used at a moment.
 *
 * @param executors processes that run tasks; the driver itself where it does
 * @param slots how many runs can be worked on at once
 * @param busy how many are
 */
public record Occupancy(int executors, int slots, int busy) {

  /** "2 executors, 7 of 8 slots busy". */
  @Override
  public String toString() {
    return "%d %s, %d of %d slots busy"
        .formatted(executors, executors == 1 ? "executor" : "executors", busy, slots);
  }
}
