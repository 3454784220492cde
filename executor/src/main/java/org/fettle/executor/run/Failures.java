package org.fettle.executor.run;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.fettle.executor.task.TaskResult;
import org.fettle.optimizers.engine.GangBrokenException;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.NotFiniteException;

/** What a throw means for the study, in a size that can be kept for every trial. */
final class Failures {

  private static final int MESSAGE_LENGTH = 500;

  private static final int TRACE_LENGTH = 16 * 1024;

  /** Causes may form a ring. */
  private static final int CAUSES = 50;

  /** Messages end up in journals and reports: user information of URIs, and secrets by name. */
  private static final Pattern USER_OF_URI = Pattern.compile("://[^/\\s@]+@");

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)((?:password|passwd|secret|token|access[-_.]?key|api[-_.]?key)[\\w.-]*+\\s*=(?!=)\\s*)"
              + "(?:\"[^\"]*\"|[^\\s,;&\"]+)");

  /** What native libraries say, of the heap of the process or of a device, in other exceptions. */
  private static final Pattern NO_MEMORY =
      Pattern.compile(
          "(?i)out of memory|exceeds (host |device |group )+limits|bad_alloc|cannot allocate memory"
              + "|failed to allocate|allocation failed");

  private Failures() {}

  /**
   * The result for a throw.
   *
   * @param otherwise the code of what is neither a cancellation nor a lack of memory
   */
  static TaskResult.Failed of(Throwable failure, FailureCode otherwise) {
    try {
      return new TaskResult.Failed(code(failure, otherwise), message(failure), trace(failure));
    } catch (Throwable unprintable) {
      // An exception may override what is asked of it here, and memory may still be short.
      return new TaskResult.Failed(
          failure instanceof OutOfMemoryError ? FailureCode.OUT_OF_MEMORY : otherwise,
          failure.getClass().getName(),
          "");
    }
  }

  /** The result for a run that ended without a model. */
  static TaskResult.Failed of(RunResult ended) {
    if (ended instanceof RunResult.Diverged diverged) {
      return new TaskResult.Failed(
          FailureCode.DIVERGED,
          "Diverged in epoch " + diverged.epoch() + ": " + diverged.reason(),
          "");
    }
    return cancelled("Stopped after epoch " + ended.epoch());
  }

  static TaskResult.Failed cancelled(String message) {
    return new TaskResult.Failed(FailureCode.CANCELLED, message, "");
  }

  private static FailureCode code(Throwable failure, FailureCode otherwise) {
    for (Throwable cause : causes(failure)) {
      if (cause instanceof OutOfMemoryError || saysNoMemory(cause)) {
        return FailureCode.OUT_OF_MEMORY;
      }
      if (cause instanceof NotFiniteException) {
        return FailureCode.DIVERGED;
      }
      if (cause instanceof GangBrokenException) {
        return FailureCode.EXECUTOR_LOST;
      }
      if (cause instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        return FailureCode.CANCELLED;
      }
      if (cause instanceof CancellationException || cause instanceof ClosedByInterruptException) {
        return FailureCode.CANCELLED;
      }
    }
    return Thread.currentThread().isInterrupted() ? FailureCode.CANCELLED : otherwise;
  }

  private static boolean saysNoMemory(Throwable cause) {
    String message = cause.getMessage();
    return message != null && NO_MEMORY.matcher(message).find();
  }

  /** The first line that any of the causes has to say. */
  private static String message(Throwable failure) {
    for (Throwable cause : causes(failure)) {
      Optional<String> line =
          Optional.ofNullable(cause.getMessage())
              .flatMap(text -> text.lines().filter(each -> !each.isBlank()).findFirst());
      if (line.isPresent()) {
        String message = name(cause) + ": " + line.get().strip().replaceAll("\\p{Cntrl}+", " ");
        return shortened(redacted(message));
      }
    }
    return name(failure);
  }

  private static String shortened(String message) {
    return message.length() <= MESSAGE_LENGTH
        ? message
        : message.substring(0, MESSAGE_LENGTH - 1) + "…";
  }

  private static String name(Throwable failure) {
    String name = failure.getClass().getSimpleName();
    return name.isEmpty() ? failure.getClass().getName() : name;
  }

  /** Both ends of a long trace: what was thrown where, and the last cause or the first caller. */
  private static String trace(Throwable failure) {
    StringWriter writer = new StringWriter();
    failure.printStackTrace(new PrintWriter(writer));
    String trace = writer.toString();
    int over = trace.length() - TRACE_LENGTH;
    if (over <= 0) {
      return redacted(trace);
    }
    String head = trace.substring(0, TRACE_LENGTH / 2);
    String tail = trace.substring(trace.length() - TRACE_LENGTH / 2);
    return redacted(head) + "\n… " + over + " characters left out …\n" + redacted(tail);
  }

  private static String redacted(String text) {
    String anonymous = USER_OF_URI.matcher(text).replaceAll("://***@");
    return SECRET.matcher(anonymous).replaceAll("$1***");
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    Throwable cause = failure;
    while (cause != null && causes.size() < CAUSES) {
      causes.add(cause);
      cause = cause.getCause();
    }
    return causes;
  }
}
