package org.fettle.optimizers.dl4j;

import org.fettle.optimizers.engine.Engine;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The native threads of ND4J and OpenBLAS, which each have one number for the whole process, and
 * the memory of ND4J's arrays, which has one limit.
 */
final class NativeThreads {

  private NativeThreads() {}

  /** Jobs that train at once in one process ask for the same number, or the last one's holds. */
  static synchronized void use(int threads) {
    Environment environment = Nd4j.getEnvironment();
    if (environment.maxThreads() != threads) {
      environment.setMaxThreads(threads);
    }
    if (environment.maxMasterThreads() != threads) {
      environment.setMaxMasterThreads(threads);
    }
    if (Nd4j.factory().blas().getMaxThreads() != threads) {
      Nd4j.factory().blas().setMaxThreads(threads);
    }
    long bytes = Long.getLong(Engine.NATIVE_BYTES, 0);
    if (bytes > 0 && environment.getDeviceLimit(0) != bytes) {
      environment.setDeviceLimit(0, bytes);
    }
  }
}
