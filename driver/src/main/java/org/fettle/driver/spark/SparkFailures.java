package org.fettle.driver.spark;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.FailureCode;

/** Why Spark gave up a job, in the study's words. */
final class SparkFailures {

  private SparkFailures() {}

  /**
   * Tells apart what Spark says only in words: a trial's own failure comes back as a result, so
   * what is left is a cancelled job, a lost executor, or a fault of the driver.
   */
  static TaskResult.Failed classify(Throwable reason) {
    String message = reason.getMessage() == null ? reason.toString() : reason.getMessage();
    String text = message.toLowerCase(Locale.ROOT);
    FailureCode code = FailureCode.DRIVER_ERROR;
    if (text.contains("cancelled") || text.contains("sparkcontext was shut down")) {
      code = FailureCode.CANCELLED;
    } else if (text.contains("executorlostfailure")) {
      code = FailureCode.EXECUTOR_LOST;
    }
    StringWriter trace = new StringWriter();
    reason.printStackTrace(new PrintWriter(trace));
    return new TaskResult.Failed(
        code, message.lines().findFirst().orElse(code.name()), trace.toString());
  }
}
