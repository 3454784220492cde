package org.fettle.optimizers.dl4j;

import java.util.List;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The GPUs of a job. Arrays lie, and are computed with, on the one that their thread is attached
 * to. Without a back end for GPUs there is nothing to attach to.
 */
final class Devices {

  /** Leaves threads where they are. */
  static final Devices NONE = new Devices(List.of(), number -> {});

  private final int[] numbers;
  private final IntConsumer attach;

  /**
   * The GPUs of these addresses.
   *
   * @param attach puts the calling thread on a GPU
   */
  Devices(List<String> addresses, IntConsumer attach) {
    this.numbers = addresses.stream().mapToInt(Devices::number).toArray();
    this.attach = attach;
  }

  /** Those of a job, on ND4J's back end. */
  static Devices of(List<String> addresses) {
    return areThere() ? new Devices(addresses, Nd4j.getAffinityManager()::unsafeSetDevice) : NONE;
  }

  /** Whether ND4J computes on GPUs. */
  static boolean areThere() {
    return Nd4j.getExecutioner().type() == ExecutionerType.CUDA;
  }

  private static int number(String address) {
    try {
      return Integer.parseInt(address);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Address of a GPU must be its number, as CUDA counts, but was " + address, e);
    }
  }

  /** Puts the calling thread on a replica's GPU: there may be fewer than replicas. */
  void attach(int replica) {
    if (numbers.length > 0) {
      attach.accept(numbers[replica % numbers.length]);
    }
  }
}
