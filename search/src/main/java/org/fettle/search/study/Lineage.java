package org.fettle.search.study;

/**
 * How a trial goes on where others ended.
 *
 * @param parent number of the trial from whose end it goes on, with what that one had learnt
 * @param predecessor number of the trial whose place in the population it takes: the parent, unless
 *     that was preferred to it
 */
public record Lineage(int parent, int predecessor) {

  public Lineage {
    if (parent < 0 || predecessor < 0) {
      throw new IllegalArgumentException(
          "Lineage must name trials from 0, but named %d and %d".formatted(parent, predecessor));
    }
  }
}
