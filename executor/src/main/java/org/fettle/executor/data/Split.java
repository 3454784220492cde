package org.fettle.executor.data;

/** The rows that a run trains on and those that it is judged by. */
@SuppressWarnings("ArrayRecordComponent") // compared by no one
record Split(int[] training, int[] validation) {}
