package org.fettle.optimizers.torch;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Where, and with what precision, a job is computed. */
record Settled(Place place, Precision precision) {

  /** Computes a forward pass, whose result has 32 bits. */
  Tensor computing(Supplier<Tensor> forward) {
    if (precision != Precision.BF16) {
      return forward.get();
    }
    DeviceType device = place.isCpu() ? DeviceType.CPU : DeviceType.CUDA;
    torch.set_autocast_dtype(device, ScalarType.BFloat16);
    torch.set_autocast_enabled(device, true);
    try {
      return forward.get().to(ScalarType.Float);
    } finally {
      torch.clear_cache();
      torch.set_autocast_enabled(device, false);
    }
  }
}
