package org.fettle.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.HealthTracker;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import org.junit.jupiter.api.Test;

class SparkRemedyTest {

  private final SparkContext spark = TestSpark.session().sparkContext();
  private final List<String> said = new ArrayList<>();
  private final SparkRemedy remedy = new SparkRemedy(spark, said::add);

  @Test
  void anExcludedHostGetsNoTasks() {
    remedy.exclude("bad", List.of("7", "8", "9"));

    HealthTracker tracker = ((TaskSchedulerImpl) spark.taskScheduler()).healthTrackerOpt().get();
    assertThat(tracker.isNodeExcluded("bad")).isTrue();
    assertThat(tracker.isNodeExcluded("good")).isFalse();
    assertThat(said)
        .containsExactly(
            "3 executors in a row died on host bad: it gets no more trials until"
                + " spark.excludeOnFailure.timeout has passed");
  }

  @Test
  void theDriversOwnExecutorIsNotReplaced() {
    remedy.replace("driver", "here", 3);

    assertThat(said).isEmpty();
  }
}
