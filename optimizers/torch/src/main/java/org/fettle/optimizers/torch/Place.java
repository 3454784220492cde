package org.fettle.optimizers.torch;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Where tensors lie and are computed with: the CPU or a GPU. What it makes lives until the {@link
 * org.bytedeco.javacpp.PointerScope} around it ends.
 *
 * @param gpu its number, as CUDA counts; negative for the CPU
 */
record Place(int gpu) {

  static final Place CPU = new Place(-1);

  /**
   * The first GPU of a job, or the CPU where it has none or LibTorch finds none.
   *
   * @param addresses as {@link org.fettle.optimizers.engine.TrainingJob#devices} has them
   */
  static Place of(List<String> addresses) {
    return of(addresses, 0);
  }

  /** The GPU of a replica: there may be fewer than replicas. */
  static Place of(List<String> addresses, int replica) {
    if (addresses.isEmpty() || !torch.cuda_is_available()) {
      return CPU;
    }
    return new Place(number(addresses.get(replica % addresses.size())));
  }

  private static int number(String address) {
    try {
      return Integer.parseInt(address);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Address of a GPU must be its number, as CUDA counts, but was " + address, e);
    }
  }

  boolean isCpu() {
    return gpu < 0;
  }

  Tensor floats(float[] values, long... shape) {
    return here(AbstractTensor.create(values, shape));
  }

  /** Whole numbers of 32 bits, such as rows to be picked. */
  Tensor integers(int[] values, long... shape) {
    return here(AbstractTensor.create(values, shape));
  }

  /** Whole numbers of 64 bits, such as classes. */
  Tensor longs(long[] values, long... shape) {
    return here(AbstractTensor.create(values, shape));
  }

  Tensor zeros(long... shape) {
    return here(torch.zeros(shape));
  }

  private Tensor here(Tensor tensor) {
    return isCpu()
        ? tensor
        : tensor.to(new Device(torch.DeviceType.CUDA, (byte) gpu), tensor.scalar_type());
  }

  /** Copies numbers out. */
  static float[] read(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    Tensor near = tensor.is_cuda() ? tensor.cpu() : tensor;
    new FloatPointer(near.contiguous().data_ptr()).get(values);
    return values;
  }
}
