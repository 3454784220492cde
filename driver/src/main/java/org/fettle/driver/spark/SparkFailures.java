package org.fettle.driver.spark;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.FailureCode;

/**
 * What Spark says of a failure, in the study's words. A trial's own failure comes back as a result:
 * what is left is a cancelled job, a lost executor, or something between driver and executors.
 */
final class SparkFailures {

  /** What Spark, YARN and Kubernetes say where memory ran out, and Spark's exit code for it. */
  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile(
          "outofmemory|out of memory|oomkilled|exceeding (physical |virtual )?memory limits"
              + "|beyond the? ?'?(physical|virtual)'? memory limit"
              + "|(exited with code|exit code|exit status:?) 52\\b");

  /** What they say where nothing went wrong with the executor. */
  private static final Pattern PREEMPTED =
      Pattern.compile("preempt|decommission|exited unrelated to the running tasks");

  private static final Pattern LOST =
      Pattern.compile("executorlostfailure|executor heartbeat timed out|worker lost");

  private SparkFailures() {}

  /** Why Spark gave up a job. */
  static TaskResult.Failed classify(Throwable reason) {
    String message = reason.getMessage() == null ? reason.toString() : reason.getMessage();
    StringWriter trace = new StringWriter();
    reason.printStackTrace(new PrintWriter(trace));
    return new TaskResult.Failed(code(message), line(message), trace.toString());
  }

  /**
   * Why an executor was lost.
   *
   * @param blamed whether Spark holds the tasks guilty
   * @param others how many other runs it had; of several, none is known to be the guilty one
   */
  static TaskResult.Failed lost(String executor, String reason, boolean blamed, int others) {
    String text = reason.toLowerCase(Locale.ROOT);
    FailureCode code = FailureCode.EXECUTOR_LOST;
    if (!blamed || PREEMPTED.matcher(text).find()) {
      code = FailureCode.PREEMPTED;
    } else if (others == 0 && OUT_OF_MEMORY.matcher(text).find()) {
      code = FailureCode.OUT_OF_MEMORY;
    }
    String with = others == 0 ? "" : " with " + (others + 1) + " runs";
    return new TaskResult.Failed(
        code, "Executor %s was lost%s: %s".formatted(executor, with, line(reason)), "");
  }

  private static FailureCode code(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    if (text.contains("cancelled") || text.contains("sparkcontext was shut down")) {
      return FailureCode.CANCELLED;
    }
    if (LOST.matcher(text).find()) {
      return PREEMPTED.matcher(text).find() ? FailureCode.PREEMPTED : FailureCode.EXECUTOR_LOST;
    }
    return OUT_OF_MEMORY.matcher(text).find()
        ? FailureCode.OUT_OF_MEMORY
        : FailureCode.DRIVER_ERROR;
  }

  /** The first line that says something. */
  static String line(String message) {
    return message
        .lines()
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .findFirst()
        .orElse("");
  }
}
