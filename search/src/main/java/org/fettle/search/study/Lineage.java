package org.fettle.search.study;

/**
 * How a trial goes on where others ended.
 *
 * @param parent number of the trial from whose end it goes on, with what that one had learnt
 * @param predecessor number of the trial whose place in the population it takes: the parent, unless
 *     that was preferred to it
 * @param generation how many trials there are from one that began anew to this one, by the parents
 */
public record Lineage(int parent, int predecessor, int generation) {

  public Lineage {
    if (parent < 0 || predecessor < 0) {
      throw new IllegalArgumentException(
          "Lineage must name trials from 0, but named %d and %d".formatted(parent, predecessor));
    }
    if (generation < 2) {
      throw new IllegalArgumentException(
          "Generation of a trial with a parent must be at least 2, but was " + generation);
    }
  }
}
