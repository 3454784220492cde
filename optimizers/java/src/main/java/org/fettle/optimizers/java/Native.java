package org.fettle.optimizers.java;

import static java.util.Objects.requireNonNull;

import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Numbers in native memory, where OpenBLAS can read them. The memory grows when more are asked for
 * and is freed by {@link #close}.
 */
final class Native implements AutoCloseable {

  private @Nullable FloatPointer memory;

  /** Copies the first numbers of an array in, and returns where they lie. */
  FloatPointer put(float[] values, int length) {
    FloatPointer at = room(length);
    at.put(values, 0, length);
    return at;
  }

  /** Room for so many numbers; what it holds is kept unless it has to grow. */
  FloatPointer room(int length) {
    if (memory == null || memory.capacity() < length) {
      close();
      memory = new FloatPointer((long) length);
    }
    return requireNonNull(memory).position(0);
  }

  /** The numbers from an index on, as they lie. */
  FloatPointer at(int index) {
    return requireNonNull(memory).position(index);
  }

  /** The first number, by a pointer of its own; not to be used once the memory has grown. */
  FloatPointer view() {
    return new FloatPointer(requireNonNull(memory)).position(0);
  }

  /** Copies the first numbers out, into a part of an array. */
  void get(float[] values, int from, int length) {
    at(0).get(values, from, length);
  }

  @Override
  public void close() {
    if (memory != null) {
      memory.deallocate();
      memory = null;
    }
  }
}
