package org.fettle.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.FailureCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkFailuresTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CANCELLED | Job 3 cancelled part of cancelled job group fettle/iris/3",
        "CANCELLED | Job 3 cancelled because SparkContext was shut down",
        "EXECUTOR_LOST | Job aborted: Lost task 0.3 in stage 1.0: ExecutorLostFailure (executor 1 exited caused by one of the running tasks)",
        "DRIVER_ERROR | Job aborted: Lost task 0.3 in stage 1.0: java.io.IOException: no broadcast",
        "DRIVER_ERROR | Task not serializable"
      })
  void areToldApartByWhatSparkSays(FailureCode code, String message) {
    assertThat(SparkFailures.classify(new IllegalStateException(message)).code()).isEqualTo(code);
  }

  /** Texts as Spark 3.5, YARN and Kubernetes write them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EXECUTOR_LOST | Command exited with code 137 | true | 0",
        "EXECUTOR_LOST | Remote RPC client disassociated. Likely due to containers exceeding thresholds, or network issues. | true | 0",
        "OUT_OF_MEMORY | Command exited with code 52 | true | 0",
        "OUT_OF_MEMORY | Container killed by YARN for exceeding physical memory limits. 1.5 GB of 1.4 GB used. | true | 0",
        "OUT_OF_MEMORY | The executor with id 3 exited with exit code 137(SIGKILL, possible container OOM). termination reason: OOMKilled | true | 0",
        "EXECUTOR_LOST | Container killed by YARN for exceeding memory limits. 1.5 GB of 1.4 GB used. | true | 3",
        "PREEMPTED | Container container_1 on host: h was preempted. | false | 2",
        "PREEMPTED | Executor decommission finished: spark scale down | true | 0",
        "PREEMPTED | Executor killed by driver. | false | 0"
      })
  void lostExecutorsAreToldApartByWhyTheyWere(
      FailureCode code, String reason, boolean blamed, int others) {
    TaskResult.Failed failed = SparkFailures.lost("3", reason, blamed, others);

    assertThat(failed.code()).isEqualTo(code);
    assertThat(failed.message())
        .isEqualTo(
            "Executor 3 was lost%s: %s"
                .formatted(others == 0 ? "" : " with " + (others + 1) + " runs", reason));
  }

  @Test
  void keepTheFirstLineAndTheTrace() {
    var failed =
        SparkFailures.classify(new IllegalStateException("Job aborted\nDriver stacktrace:"));

    assertThat(failed.message()).isEqualTo("Job aborted");
    assertThat(failed.trace()).contains("IllegalStateException").contains("SparkFailuresTest");
    assertThat(SparkFailures.classify(new StackOverflowError()).message())
        .isEqualTo("java.lang.StackOverflowError");
  }
}
