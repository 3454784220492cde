package org.fettle.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;

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
        "EXECUTOR_LOST | Job aborted: Lost task 0.3 in stage 1.0: ExecutorLostFailure (executor 1)",
        "DRIVER_ERROR | Job aborted: Lost task 0.3 in stage 1.0: java.io.IOException: no broadcast",
        "DRIVER_ERROR | Task not serializable"
      })
  void areToldApartByWhatSparkSays(FailureCode code, String message) {
    assertThat(SparkFailures.classify(new IllegalStateException(message)).code()).isEqualTo(code);
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
