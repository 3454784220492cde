package org.fettle.executor.report;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.plugin.PluginContext;
import org.fettle.executor.task.RunReport;
import org.fettle.executor.task.TaskCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends reports over Spark's plugin channel from a thread of its own: the first at once, and those
 * that come before the driver has answered together. What finds no room is left out, and reaches
 * the driver with the end of its run.
 */
final class PluginReporter implements Reporter, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PluginReporter.class);

  /** Seconds' worth of reports, and few megabytes. */
  private static final int ROOM = 10_000;

  /** The driver answers when it has heard of all. */
  private static final int TOGETHER = 1_000;

  private final PluginContext spark;
  private final TaskCodec codec = new TaskCodec();
  private final BlockingQueue<RunReport> waiting = new ArrayBlockingQueue<>(ROOM);
  private final AtomicBoolean saidFull = new AtomicBoolean();
  private final Thread sender = new Thread(this::sendAll, "fettle-reports");
  private boolean saidBroken;

  PluginReporter(PluginContext spark) {
    this.spark = spark;
    sender.setDaemon(true);
    sender.start();
  }

  @Override
  public void report(RunReport report) {
    if (!waiting.offer(report) && !saidFull.getAndSet(true)) {
      LOG.warn("Reports come faster than the driver hears of them; some come with their run's end");
    }
  }

  private void sendAll() {
    List<RunReport> together = new ArrayList<>();
    try {
      while (true) {
        together.add(waiting.take());
        waiting.drainTo(together, TOGETHER - 1);
        send(together);
        together.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(List<RunReport> reports) throws InterruptedException {
    try {
      spark.ask(codec.encode(reports));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      if (!saidBroken) {
        saidBroken = true;
        LOG.warn("Cannot report to the driver; trials go on, but none is pruned under way", e);
      }
    }
  }

  @Override
  public void close() {
    sender.interrupt();
  }
}
