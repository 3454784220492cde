package org.fettle.executor.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CompletionException;
import org.fettle.executor.task.TaskResult;
import org.fettle.optimizers.engine.GangBrokenException;
import org.fettle.search.study.FailureCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

  private static TaskResult.Failed failed(Throwable failure) {
    return Failures.of(failure, FailureCode.ENGINE_ERROR);
  }

  @Test
  void takesTheFirstCauseThatHasAMessage() {
    assertThat(failed(new RuntimeException(null, new IllegalStateException("\n \n  why \nx"))))
        .extracting(TaskResult.Failed::code, TaskResult.Failed::message)
        .containsExactly(FailureCode.ENGINE_ERROR, "IllegalStateException: why");
  }

  @Test
  void aWorkerThatMissesAnotherIsNotToBlame() {
    RuntimeException broken =
        new IllegalStateException(new GangBrokenException("Another worker was lost: closed"));

    assertThat(failed(broken).code()).isEqualTo(FailureCode.EXECUTOR_LOST);
  }

  @Test
  void messagesAreOneShortLineWithoutControlCharacters() {
    assertThat(failed(new RuntimeException("a\u001b[31m\tb")).message())
        .isEqualTo("RuntimeException: a [31m b");
    assertThat(failed(new RuntimeException("x".repeat(10_000))).message())
        .hasSize(500)
        .endsWith("x…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Allocation failed: [Requested amount exceeds HOST device limits; Limit bytes: [100]]",
        "CUDA error: out of memory",
        "std::bad_alloc",
        "Failed to allocate 4096 bytes from DEVICE [0] memory"
      })
  void nativeMemoryThatRanOutIsNoErrorOfTheCode(String message) {
    assertThat(failed(new RuntimeException(message)).code()).isEqualTo(FailureCode.OUT_OF_MEMORY);
    assertThat(failed(new IllegalStateException(new RuntimeException(message))).code())
        .isEqualTo(FailureCode.OUT_OF_MEMORY);
  }

  @Test
  void bothEndsOfALongTraceAreKept() {
    StackTraceElement[] deep = new StackTraceElement[5000];
    for (int i = 0; i < deep.length; i++) {
      deep[i] = new StackTraceElement("Deep", "call" + i, "Deep.java", i);
    }
    RuntimeException failure = new RuntimeException("top");
    failure.setStackTrace(deep);
    String trace = failed(failure).trace();
    assertThat(trace)
        .startsWith("java.lang.RuntimeException: top\n\tat Deep.call0(")
        .contains(" characters left out …")
        .endsWith("Deep.call4999(Deep.java:4999)\n")
        .hasSizeLessThan(17 * 1024);
  }

  @Test
  void aShortTraceIsKeptWhole() {
    assertThat(failed(new CompletionException(new IllegalStateException("why"))).trace())
        .contains("CompletionException", "Caused by: java.lang.IllegalStateException: why")
        .doesNotContain("left out");
  }

  @Test
  void aRingOfCausesEnds() {
    RuntimeException first = new RuntimeException();
    first.initCause(new RuntimeException(null, first));
    assertThat(failed(first).message()).isEqualTo("RuntimeException");
  }

  @Test
  void aChannelClosedByAnInterruptIsACancellation() {
    assertThat(failed(new RuntimeException(new ClosedByInterruptException())).code())
        .isEqualTo(FailureCode.CANCELLED);
  }

  @Test
  void secretsAreLeftOut() {
    TaskResult.Failed failed =
        failed(
            new RuntimeException(
                "Cannot open jdbc:db://anna:hunter2@host/x?password=hunter2&user=anna"
                    + " with fs.s3a.secret.key=hunter2, api-key=\"hunter2 x\""));
    assertThat(failed.message())
        .isEqualTo(
            "RuntimeException: Cannot open jdbc:db://***@host/x?password=***&user=anna"
                + " with fs.s3a.secret.key=***, api-key=***");
    assertThat(failed.trace()).doesNotContain("hunter2");
  }

  @Test
  void ordinaryWordsAreNoSecrets() {
    String message = "Unexpected token: '}' at hdfs://host/path, tokens == 5";
    assertThat(failed(new RuntimeException(message)).message())
        .isEqualTo("RuntimeException: " + message);
  }
}
