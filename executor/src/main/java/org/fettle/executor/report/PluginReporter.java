package org.fettle.executor.report;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.plugin.PluginContext;
import org.fettle.executor.task.RunReport;
import org.fettle.executor.task.TaskCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends reports over Spark's plugin channel, without waiting for an answer. */
final class PluginReporter implements Reporter {

  private static final Logger LOG = LoggerFactory.getLogger(PluginReporter.class);

  private final PluginContext spark;
  private final TaskCodec codec = new TaskCodec();
  private final AtomicBoolean complained = new AtomicBoolean();

  PluginReporter(PluginContext spark) {
    this.spark = spark;
  }

  @Override
  public void report(RunReport report) {
    try {
      spark.send(encoded(report));
    } catch (IOException | RuntimeException e) {
      if (!complained.getAndSet(true)) {
        LOG.warn("Cannot report to the driver; trials go on, but none is pruned under way", e);
      }
    }
  }

  private synchronized byte[] encoded(RunReport report) {
    return codec.encode(report);
  }
}
