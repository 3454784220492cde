package org.fettle.optimizers.torch;

import java.time.Duration;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.fettle.optimizers.engine.Gang;
import org.fettle.optimizers.engine.GangBrokenException;
import org.fettle.optimizers.loop.AllReduce;

/**
 * One member's end of a process group of Gloo: the first has a store on its machine, by which all
 * find each other. For one thread, whose interrupt is minded between sums.
 */
final class Gloo implements AllReduce, AutoCloseable {

  /**
   * How long one waits for another, which may be slow or have pauses. One whose process has ended
   * is known at once, as its connections are closed.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int UNSIGNED_SHORT = 0xffff;

  private final Held held = new Held();
  private final ProcessGroupGloo group;

  /** Meets the others: all are to do it. */
  Gloo(Gang gang) {
    String host = gang.hosts().get(0);
    try (PointerScope scope = new PointerScope()) {
      if (gang.rank() == 0) {
        TCPStore store = store(host, 0, true);
        gang.gather(Integer.toString(store.getPort() & UNSIGNED_SHORT));
        group = joined(gang, store);
      } else {
        int port = Integer.parseInt(gang.gather("").get(0));
        group = joined(gang, store(host, port, false));
      }
    }
  }

  private ProcessGroupGloo joined(Gang gang, TCPStore store) {
    List<String> hosts = gang.hosts();
    try {
      ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create(patience());
      options.devices(
          new GlooDeviceVector(ProcessGroupGloo.createDeviceForHostname(hosts.get(gang.rank()))));
      options.threads(1);
      ProcessGroupGloo joined =
          held.keep(new ProcessGroupGloo(store, gang.rank(), hosts.size(), options));
      held.keep(store); // To be freed second, or the process aborts.
      return joined;
    } catch (RuntimeException e) {
      throw broken(e);
    }
  }

  private static TCPStore store(String host, int port, boolean server) {
    try {
      return new TCPStore(
          host,
          new TCPStoreOptions()
              .port((short) port)
              .isServer(server)
              .waitWorkers(false)
              .timeout(patience()));
    } catch (RuntimeException e) {
      throw broken(e);
    }
  }

  private static Milliseconds patience() {
    return new Milliseconds(PATIENCE.toMillis());
  }

  @Override
  public void sum(float[] values) {
    try (PointerScope scope = new PointerScope()) {
      Tensor tensor = Place.CPU.floats(values, values.length);
      Work work = group.allreduce(new TensorVector(tensor));
      work._wait();
      new FloatPointer(tensor.data_ptr()).get(values);
    } catch (RuntimeException e) {
      throw broken(e);
    }
  }

  /** All that Gloo throws is that it could not speak with others. */
  private static GangBrokenException broken(RuntimeException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    return new GangBrokenException("Another worker was lost: " + message);
  }

  @Override
  public void close() {
    held.close();
  }
}
