package org.fettle.executor.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.executor.NearestEngine.Fault;
import org.fettle.executor.Samples;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.task.RunPlace;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialRunnerTest {

  private static final String PACKAGE = TestObjectives.class.getName() + "$";

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private static TaskResult run(String type) {
    TrialTask task = new TrialTask("s", 4, 99, new Work.Evaluate(type, Map.of("x", 3)));
    return new TrialRunner(1, RunPlace.UNKNOWN, Reporter.SILENT).run(task, Optional.empty());
  }

  private static TaskResult.Failed failure(String type) {
    return (TaskResult.Failed) run(type);
  }

  @Test
  void scoresAnObjectiveWithItsReports() {
    TaskResult.Scored result = (TaskResult.Scored) run(PACKAGE + "Parabola");
    assertThat(result.measurement().values())
        .containsExactlyInAnyOrderEntriesOf(Map.of("loss", 9.0, "trial", 4.0, "seed", 99.0));
    assertThat(result.reports())
        .containsExactly(
            new Report(0, 1, Measurement.of("loss", 100)),
            new Report(0, 2, Measurement.of("loss", 10)));
    assertThat(result.seconds()).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Unchecked         | USER_ERROR    | IllegalStateException: first line",
        "Checked           | USER_ERROR    | IOException: disk is gone",
        "Fatal             | USER_ERROR    | InternalError: the JVM is ill",
        "Memory            | OUT_OF_MEMORY | OutOfMemoryError: Java heap space",
        "Overflow          | USER_ERROR    | StackOverflowError",
        "NotANumber        | DIVERGED      | NotFiniteException: Value of metric loss must be"
            + " finite, but was NaN",
        "Nothing           | USER_ERROR    | IllegalStateException: Objective must return a"
            + " measurement, but it was null",
        "Interrupted       | CANCELLED     | InterruptedException",
        "WrappedInterrupt  | CANCELLED     | IllegalStateException: java.lang.InterruptedException:"
            + " while reading",
        "Cancelled         | CANCELLED     | CancellationException: enough",
        "BrokenByInterrupt | CANCELLED     | IllegalStateException: the socket is gone",
        "ReportsAfterInterrupt | CANCELLED | CancellationException: Trial 4 was cancelled at step 2",
        "ConstructorThrows | USER_ERROR    | IOException: no licence",
        "InitialiserThrows | USER_ERROR    | NumberFormatException: For input string: \"seven\"",
      })
  void everyThrowBecomesAFailure(String objective, FailureCode code, String message) {
    TaskResult.Failed failed = failure(PACKAGE + objective);
    assertThat(failed.code()).isEqualTo(code);
    assertThat(failed.message()).isEqualTo(message);
    assertThat(failed.trace()).contains("at org.fettle.executor.run");
  }

  @Test
  void aLackOfMemoryIsSeenBehindWhatWrapsIt() {
    assertThat(failure(PACKAGE + "WrappedMemory").code()).isEqualTo(FailureCode.OUT_OF_MEMORY);
  }

  @Test
  void anExceptionThatCannotBePrintedIsAFailureToo() {
    TaskResult.Failed failed = failure(PACKAGE + "Unprintable");
    assertThat(failed.code()).isEqualTo(FailureCode.USER_ERROR);
    assertThat(failed.message()).contains("TestObjectives$Unprintable");
  }

  @Test
  void saysWhatIsWrongWithTheClassOfAnObjective() {
    assertThat(failure("org.example.Missing").message())
        .isEqualTo(
            "IllegalArgumentException: Objective must be a class on the class path of the executors,"
                + " but was org.example.Missing");
    assertThat(failure(PACKAGE + "NoObjective").message())
        .isEqualTo(
            "IllegalArgumentException: Objective must implement org.fettle.executor.run.Objective,"
                + " but was class "
                + PACKAGE
                + "NoObjective");
    for (String type : new String[] {"NeedsParameters", "Unfinished"}) {
      TaskResult.Failed failed = failure(PACKAGE + type);
      assertThat(failed.code()).isEqualTo(FailureCode.USER_ERROR);
      assertThat(failed.message())
          .isEqualTo(
              "IllegalArgumentException: Objective must be public, not abstract, with a public"
                  + " constructor without parameters, but was class "
                  + PACKAGE
                  + type);
    }
  }

  @Test
  void findsObjectivesWithoutAContextLoader() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try {
      assertThat(run(PACKAGE + "Parabola")).isInstanceOf(TaskResult.Scored.class);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void theThreadStaysInterrupted() {
    run(PACKAGE + "Interrupted");
    assertThat(Thread.interrupted()).isTrue();
    run(PACKAGE + "WrappedInterrupt");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aResultInSpiteOfAnInterruptIsAResult() {
    assertThat(run(PACKAGE + "IgnoresInterrupt")).isInstanceOf(TaskResult.Scored.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aNetworkNeedsData() {
    TrialTask task =
        new TrialTask(
            "s", 0, 1, new Work.Train(Samples.network(Fault.NONE), 0, List.of(), List.of()));
    TaskResult.Failed failed =
        (TaskResult.Failed)
            new TrialRunner(1, RunPlace.UNKNOWN, Reporter.SILENT).run(task, Optional.empty());
    assertThat(failed.code()).isEqualTo(FailureCode.ENGINE_ERROR);
    assertThat(failed.message())
        .isEqualTo("IllegalArgumentException: A network's task must come with the study's data");
  }
}
