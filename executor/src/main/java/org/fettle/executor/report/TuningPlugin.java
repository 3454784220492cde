package org.fettle.executor.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.fettle.executor.task.RunReport;
import org.fettle.executor.task.TaskCodec;
import org.jspecify.annotations.Nullable;

/**
 * Carries the reports of runs to the driver over Spark's own plugin channel, so that no port of
 * ours is needed. Spark makes the plugins itself from the class named in {@code spark.plugins}, in
 * the driver and in every executor, and gives them to nobody: what they share with the rest of
 * their JVM is static.
 */
public final class TuningPlugin implements SparkPlugin {

  private static final Map<String, Predicate<RunReport>> LISTENERS = new ConcurrentHashMap<>();

  private static volatile @Nullable PluginReporter reporter;

  private static volatile @Nullable PluginContext channel;

  /**
   * The way to the driver for a task in this JVM, to be closed when it is over; a silent one where
   * Spark did not load the plugin.
   *
   * @param study as in the task's runs
   * @param task what the driver knows it by
   */
  public static Reporter reporter(String study, String task) {
    PluginReporter there = reporter;
    return there == null ? Reporter.SILENT : there.of(study, task);
  }

  /**
   * Says a word to the members of a gang, and returns what all have said, by rank; nothing as long
   * as one has not: then it is to be asked again.
   *
   * @param meeting its name, the same for all and for no others
   * @return empty where Spark did not load the plugin
   */
  public static Optional<List<String>> meet(String meeting, int rank, int size, String word) {
    PluginContext there = channel;
    if (there == null) {
      return Optional.empty();
    }
    try {
      Meetings.Word said = new Meetings.Word(meeting, rank, size, word);
      return Optional.of(List.of((String[]) there.ask(said.encoded())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Training was interrupted");
    } catch (Exception e) {
      throw new IllegalStateException("Cannot ask the driver for other workers: " + e, e);
    }
  }

  /**
   * Hears the reports of a study in this driver, on Spark's threads, until {@link #forget}.
   *
   * @param study as in the tasks
   * @param listener must return at once, and says whether that run is still wanted in its task
   */
  public static void listen(String study, Predicate<RunReport> listener) {
    LISTENERS.put(study, listener);
  }

  /** Hears no more of a study. */
  public static void forget(String study) {
    LISTENERS.remove(study);
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverSide();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorSide();
  }

  private static final class DriverSide implements DriverPlugin {

    private final TaskCodec codec = new TaskCodec();
    private final Meetings meetings = new Meetings();

    /**
     * Answers reports with the places of those whose runs are wanted no more, and words of members
     * of gangs with the words of all.
     */
    @Override
    public Object receive(Object message) {
      if (message instanceof String[] word) {
        return meetings.said(Meetings.Word.decoded(word));
      }
      List<RunReport> reports = decoded((byte[]) message);
      return IntStream.range(0, reports.size())
          .filter(place -> !isWanted(reports.get(place)))
          .toArray();
    }

    private static boolean isWanted(RunReport report) {
      Predicate<RunReport> listener = LISTENERS.get(report.study());
      return listener == null || listener.test(report);
    }

    private synchronized List<RunReport> decoded(byte[] bytes) {
      return codec.decodeReports(bytes);
    }
  }

  private static final class ExecutorSide implements ExecutorPlugin {

    private @Nullable PluginReporter made;

    @Override
    public void init(PluginContext context, Map<String, String> extraConf) {
      NativeMemory.limit(context.conf());
      made = new PluginReporter(context);
      reporter = made;
      channel = context;
    }

    @Override
    public void shutdown() {
      reporter = null;
      channel = null;
      if (made != null) {
        made.close();
      }
    }
  }
}
