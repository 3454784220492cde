package org.fettle.optimizers.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/** Native objects that outlive the scopes in which they are made. For one thread. */
final class Held implements AutoCloseable {

  private final List<Pointer> pointers = new ArrayList<>();

  /** Keeps one until this is closed. */
  <T extends Pointer> T keep(T pointer) {
    pointer.retainReference();
    pointers.add(pointer);
    return pointer;
  }

  @Override
  public void close() {
    pointers.forEach(Pointer::deallocate);
    pointers.clear();
  }
}
