package org.fettle.executor.checkpoint;

/**
 * A checkpoint as it was read.
 *
 * @param step after which it was made: epochs of a network, else how many there were before it
 */
record Checkpoint(int step, RunProgress progress) {}
