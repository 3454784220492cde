package org.fettle.optimizers.dl4j;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies between Java's arrays and ND4J's memory. */
final class Floats {

  private Floats() {}

  /** The memory of an array whose elements lie without gaps, in the array's own order. */
  static FloatPointer pointer(INDArray array) {
    return (FloatPointer) array.data().addressPointer();
  }
}
