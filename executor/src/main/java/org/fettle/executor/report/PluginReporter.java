package org.fettle.executor.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.plugin.PluginContext;
import org.fettle.executor.task.RunReport;
import org.fettle.executor.task.TaskCodec;
import org.fettle.search.study.Report;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends reports over Spark's plugin channel from a thread of its own: the first at once, and those
 * that come before the driver has answered together. What finds no room is left out, and reaches
 * the driver with the end of its run. The driver answers with the places of those reports whose
 * trial it wants no more of.
 */
final class PluginReporter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PluginReporter.class);

  /** Seconds' worth of reports, and few megabytes. */
  private static final int ROOM = 10_000;

  /** The driver answers when it has heard of all. */
  private static final int TOGETHER = 1_000;

  private final PluginContext spark;
  private final TaskCodec codec = new TaskCodec();
  private final BlockingQueue<RunReport> waiting = new ArrayBlockingQueue<>(ROOM);
  private final Map<String, OfTask> tasks = new ConcurrentHashMap<>();
  private final AtomicBoolean saidFull = new AtomicBoolean();
  private final Thread sender = new Thread(this::sendAll, "fettle-reports");
  private boolean saidBroken;

  PluginReporter(PluginContext spark) {
    this.spark = spark;
    sender.setDaemon(true);
    sender.start();
  }

  /**
   * The reporter of a task, until it is closed.
   *
   * @param task what the driver knows it by
   */
  Reporter of(String study, String task) {
    OfTask reporter = new OfTask(study, task);
    tasks.put(key(study, task), reporter);
    return reporter;
  }

  private static String key(String study, String task) {
    return study + "/" + task;
  }

  private void report(RunReport report) {
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
      if (spark.ask(codec.encodeReports(reports)) instanceof int[] unwanted) {
        for (int place : unwanted) {
          RunReport report = reports.get(place);
          OfTask reporter = tasks.get(key(report.study(), report.task()));
          if (reporter != null) {
            reporter.cancelled.add(report.trial());
          }
        }
      }
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

  private final class OfTask implements Reporter {
    private final String study;
    private final String task;
    private final Set<Integer> cancelled = ConcurrentHashMap.newKeySet();

    OfTask(String study, String task) {
      this.study = study;
      this.task = task;
    }

    @Override
    public void report(int trial, Report report) {
      PluginReporter.this.report(new RunReport(study, task, trial, report));
    }

    @Override
    public boolean isCancelled(int trial) {
      return cancelled.contains(trial);
    }

    @Override
    public void close() {
      tasks.remove(key(study, task));
    }
  }
}
