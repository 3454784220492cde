package org.fettle.executor.report;

import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.fettle.optimizers.engine.Engine;

/**
 * How much memory outside the heap an executor's engines may take: what the cluster gives it beside
 * the heap, less what the JVM itself needs. With more the cluster would kill the executor with all
 * its runs; so one run finds no memory, and fails alone.
 */
final class NativeMemory {

  /** Threads, code and buffers of an executor, beside its heap. */
  private static final long OWN_MEGABYTES = 256;

  private static final long LEAST_MEGABYTES = 128;

  private NativeMemory() {}

  /** Sets the limit, unless someone has. */
  static void limit(SparkConf conf) {
    OptionalLong bytes = bytes(conf);
    if (bytes.isPresent() && System.getProperty(Engine.NATIVE_BYTES) == null) {
      System.setProperty(Engine.NATIVE_BYTES, Long.toString(bytes.getAsLong()));
    }
  }

  /**
   * Of all task slots together; none where nobody counts what an executor has beside its heap: on a
   * standalone cluster or in the driver, unless {@code spark.executor.memoryOverhead} says so.
   */
  static OptionalLong bytes(SparkConf conf) {
    String master = conf.get("spark.master", "");
    boolean counted = master.startsWith("yarn") || master.startsWith("k8s");
    boolean here = master.equals("local") || master.startsWith("local[");
    if (here || (!counted && !conf.contains("spark.executor.memoryOverhead"))) {
      return OptionalLong.empty();
    }
    long heap = conf.getSizeAsMb("spark.executor.memory", "1g");
    long standard =
        Math.max(
            (long) (heap * conf.getDouble("spark.executor.memoryOverheadFactor", 0.1)),
            conf.getSizeAsMb("spark.executor.minMemoryOverhead", "384m"));
    long beside = conf.getSizeAsMb("spark.executor.memoryOverhead", standard + "m");
    return OptionalLong.of(Math.max(LEAST_MEGABYTES, beside - OWN_MEGABYTES) << 20);
  }
}
