package org.fettle.optimizers.torch;

import java.util.Optional;
import java.util.regex.Pattern;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/** What LibTorch and OpenBLAS have once for a whole process. */
final class Natives {

  /** What their allocators say, of the CPU's memory and of a GPU's. */
  private static final Pattern NO_MEMORY =
      Pattern.compile("(?i)can't allocate memory|cannot allocate memory|out of memory|bad_alloc");

  private Natives() {}

  /** Jobs that train at once in one process ask for the same, or the last one's holds. */
  static synchronized void use(int threads, Precision precision) {
    if (torch.get_num_threads() != threads) {
      torch.set_num_threads(threads);
    }
    if (openblas.blas_get_num_threads() != threads) {
      openblas.blas_set_num_threads(threads);
    }
    boolean rounded = precision != Precision.FLOAT32;
    torch.globalContext().setAllowTF32CuBLAS(rounded);
    torch.globalContext().setAllowTF32CuDNN(rounded);
    torch.set_autocast_cache_enabled(false);
  }

  /** The error for an exception that says that memory has run out, if it does. */
  static Optional<OutOfMemoryError> outOfMemory(RuntimeException exception) {
    String message = exception.getMessage();
    if (message == null || !NO_MEMORY.matcher(message).find()) {
      return Optional.empty();
    }
    OutOfMemoryError error =
        new OutOfMemoryError(message.lines().findFirst().orElse(message).strip());
    error.initCause(exception);
    return Optional.of(error);
  }
}
