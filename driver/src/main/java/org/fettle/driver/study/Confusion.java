package org.fettle.driver.study;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which class's rows were taken for which class, over the folds of a trial.
 *
 * @param counts for each class, in the order of the data's classes, how many of its rows were taken
 *     for each class
 */
public record Confusion(List<List<Long>> counts) {

  public Confusion {
    counts = counts.stream().map(List::copyOf).toList();
    for (List<Long> row : counts) {
      if (row.size() != counts.size()) {
        throw new IllegalArgumentException(
            "Confusion must be square, but was %d by %d".formatted(counts.size(), row.size()));
      }
    }
  }

  /** The counts of both. */
  Confusion plus(Confusion other) {
    if (other.counts.size() != counts.size()) {
      throw new IllegalArgumentException(
          "Confusion must be of %d classes, but was of %d"
              .formatted(counts.size(), other.counts.size()));
    }
    return new Confusion(
        IntStream.range(0, counts.size())
            .mapToObj(
                actual ->
                    IntStream.range(0, counts.size())
                        .mapToObj(
                            taken ->
                                counts.get(actual).get(taken) + other.counts.get(actual).get(taken))
                        .toList())
            .toList());
  }
}
