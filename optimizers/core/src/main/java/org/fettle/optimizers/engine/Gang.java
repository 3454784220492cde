package org.fettle.optimizers.engine;

import java.util.List;

/**
 * Members in processes of their own that take every step of a network's training together, as one
 * of them sees the others before it speaks to them directly. For one thread.
 */
public interface Gang {

  /** Which of them this one is, from 0. */
  int rank();

  /** The machine of each, by rank, as the others reach it. */
  List<String> hosts();

  /** Says something to all, waits until each has, and returns what they said, by rank. */
  List<String> gather(String word);
}
