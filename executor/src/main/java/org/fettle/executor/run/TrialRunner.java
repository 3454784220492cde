package org.fettle.executor.run;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Measurement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a task and says what came of it. Nothing that a trial does reaches Spark as an exception:
 * Spark would run it again, and then give up the whole job.
 */
public final class TrialRunner {

  private static final Logger LOG = LoggerFactory.getLogger(TrialRunner.class);

  private final int threads;

  /**
   * A runner for tasks of one size.
   *
   * @param threads native threads a task may use
   */
  public TrialRunner(int threads) {
    this.threads = threads;
  }

  /**
   * Runs a task on the calling thread.
   *
   * @param data empty for a user's objective
   */
  public TaskResult run(TrialTask task, Optional<StudyData> data) {
    try {
      return work(task, data);
    } catch (CancellationException e) {
      return failed(FailureCode.CANCELLED, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(FailureCode.CANCELLED, e);
    } catch (OutOfMemoryError e) {
      return failed(FailureCode.OUT_OF_MEMORY, e);
    } catch (Throwable e) {
      FailureCode code =
          task.work() instanceof Work.Evaluate ? FailureCode.USER_ERROR : FailureCode.ENGINE_ERROR;
      LOG.debug("Trial {} failed", task.trial(), e);
      return failed(code, e);
    }
  }

  private TaskResult work(TrialTask task, Optional<StudyData> data) throws Throwable {
    long start = System.nanoTime();
    if (task.work() instanceof Work.Evaluate evaluate) {
      TrialContext context = new TrialContext(task.trial(), evaluate.parameters(), task.seed());
      Measurement measurement = objective(evaluate.type()).evaluate(context);
      if (measurement == null) {
        throw new IllegalStateException("Objective must return a measurement, but was null");
      }
      return new TaskResult.Scored(measurement, context.reports(), seconds(start));
    }
    NetworkRun run = new NetworkRun(task, data.orElseThrow(), threads);
    if (task.work() instanceof Work.Train train) {
      return run.score(train, () -> seconds(start));
    }
    if (task.work() instanceof Work.Refit refit) {
      return run.refit(refit, () -> seconds(start));
    }
    throw new AssertionError(task.work());
  }

  private static Objective objective(String type) throws ReflectiveOperationException {
    // The thread's loader knows the jars that came with the job.
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return Class.forName(type, true, loader)
        .asSubclass(Objective.class)
        .getDeclaredConstructor()
        .newInstance();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }

  private static TaskResult.Failed failed(FailureCode code, Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    String name = failure.getClass().getSimpleName();
    String message = failure.getMessage() == null ? name : name + ": " + failure.getMessage();
    return new TaskResult.Failed(code, message.lines().findFirst().orElse(name), trace.toString());
  }
}
