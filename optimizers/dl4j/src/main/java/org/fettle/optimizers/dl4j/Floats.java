package org.fettle.optimizers.dl4j;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/** Copies numbers between Java's arrays and ND4J's, wherever these lie. */
final class Floats {

  /** ND4J's own ways take several times as long as a copy where its arrays lie beside Java's. */
  private static final boolean IN_MAIN_MEMORY =
      Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;

  private Floats() {}

  /** Copies as many numbers as the array holds, in the order of its own memory, without gaps. */
  static void put(float[] from, int at, INDArray to) {
    int length = (int) to.length();
    if (IN_MAIN_MEMORY) {
      memory(to).put(from, at, length);
    } else {
      float[] values = Arrays.copyOfRange(from, at, at + length);
      to.assign(Nd4j.create(values, to.shape(), to.ordering()));
    }
  }

  /** Copies all numbers out, as they lie in the order that is asked for. */
  static void get(INDArray from, char order, float[] to, int at) {
    INDArray ordered = from.ordering() == order && isWhole(from) ? from : from.dup(order);
    int length = (int) from.length();
    if (IN_MAIN_MEMORY) {
      memory(ordered).get(to, at, length);
    } else {
      System.arraycopy(ordered.dup(order).data().asFloat(), 0, to, at, length);
    }
  }

  private static boolean isWhole(INDArray array) {
    return Arrays.equals(array.stride(), Nd4j.getStrides(array.shape(), array.ordering()));
  }

  private static FloatPointer memory(INDArray array) {
    return (FloatPointer) array.data().addressPointer();
  }
}
