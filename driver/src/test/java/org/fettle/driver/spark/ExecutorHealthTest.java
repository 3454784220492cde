package org.fettle.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExecutorHealthTest {

  private final List<String> done = new ArrayList<>();
  private final ExecutorHealth health =
      new ExecutorHealth(
          new ExecutorHealth.Remedy() {
            @Override
            public void replace(String executor, String host, int trials) {
              done.add("replace " + executor + " on " + host + " after " + trials);
            }

            @Override
            public void exclude(String host, List<String> executors) {
              done.add("exclude " + host + " after " + executors);
            }
          });

  @BeforeEach
  void executorsOnTwoHosts() {
    health.added("1", "good");
    health.added("2", "bad");
  }

  @Test
  void anExecutorOnWhichTrialAfterTrialRunsOutOfMemoryIsReplacedOnce() {
    for (int trial = 0; trial < 6; trial++) {
      health.wasOutOfMemory("2", "bad", trial);
    }

    assertThat(done).containsExactly("replace 2 on bad after 3");
  }

  @Test
  void oneTrialThatNeedsTooMuchIsNotTheExecutorsFault() {
    for (int run = 0; run < 6; run++) {
      health.wasOutOfMemory("2", "bad", 7);
    }

    assertThat(done).isEmpty();
  }

  @Test
  void aRunThatEndsWellClearsItsExecutor() {
    for (int trial = 0; trial < 6; trial++) {
      health.wasOutOfMemory("2", "bad", trial);
      health.wasWell("2", "bad");
      health.wasLost("2", "bad");
    }

    assertThat(done).isEmpty();
  }

  @Test
  void aHostOnWhichExecutorAfterExecutorDiesIsExcludedOnce() {
    for (int executor = 2; executor < 8; executor++) {
      health.added("" + executor, "bad");
      health.removed("" + executor);
      health.wasLost("" + executor, "bad");
      health.wasLost("" + executor, "bad");
    }

    assertThat(done).containsExactly("exclude bad after [2, 3, 4]");
  }

  @Test
  void theLastHostIsNeverExcluded() {
    health.wasLost("1", "good");
    for (int executor = 2; executor < 8; executor++) {
      health.wasLost("" + executor, "bad");
    }

    assertThat(done).isEmpty();
  }
}
