package org.fettle.driver.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StudyStatus;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;
import org.junit.jupiter.api.Test;

/** Those who watch a study, and what they cannot do to it. */
class WatchersTest {

  private static final JournalEvent END =
      new JournalEvent.StudyEnded(Instant.EPOCH, StudyStatus.DONE, Optional.empty());

  private final List<String> warnings = new CopyOnWriteArrayList<>();

  /** Asks for the end at the third trial's end. */
  private static final class Stopper implements StudyListener {
    final List<String> heard = new CopyOnWriteArrayList<>();
    private StudyControl control;

    @Override
    public void studyStarted(History history, StudyControl own) {
      control = own;
      heard.add("started " + own.study());
    }

    @Override
    public void trialEnded(History history, Trial trial) {
      heard.add("trial " + trial.number());
      if (trial.number() == 2) {
        control.stop("good enough");
      }
    }

    @Override
    public void studyEnded(History history, StudyStatus status) {
      heard.add(status.name());
    }
  }

  private static StudyControl control(StudyRunner runner) {
    return new StudyControl() {
      @Override
      public String study() {
        return "simulated";
      }

      @Override
      public void stop(String reason) {
        runner.finish(reason);
      }
    };
  }

  @Test
  void aListenerEndsTheStudyAsAStopRuleWould() throws InterruptedException {
    Simulation simulation = new Simulation();
    Stopper stopper = new Stopper();
    simulation.listener = stopper;
    StudyRunner runner = simulation.runner(simulation.backend());
    stopper.studyStarted(runner.history(), control(runner));

    assertThat(runner.run()).isEqualTo(StudyStatus.DONE);

    Replay replay = simulation.replay();
    assertThat(replay.reason()).contains("good enough");
    assertThat(replay.history().size()).isLessThan(8);
    assertThat(replay.history().running()).as("trials in flight go on to their end").isEmpty();
    assertThat(stopper.heard).startsWith("started simulated", "trial 0").endsWith("DONE");
  }

  @Test
  void aListenerThatThrowsHarmsNobody() throws InterruptedException {
    StudyListener broken =
        new StudyListener() {
          @Override
          public void trialStarted(History history, Trial trial) {
            throw new AssertionError("mine");
          }
        };
    Stopper other = new Stopper();
    Simulation simulation = new Simulation();
    try (Listeners listeners = new Listeners(List.of(), List.of(broken, other), warnings::add)) {
      simulation.listener = listeners;
      StudyRunner runner = simulation.runner(simulation.backend());
      listeners.studyStarted(
          runner.history(),
          new StudyControl() {
            @Override
            public String study() {
              return "simulated";
            }

            @Override
            public void stop(String reason) {}
          });
      assertThat(runner.run()).isEqualTo(StudyStatus.DONE);
    }

    assertThat(simulation.replay().history().completed()).hasSize(8);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).contains("threw and hears no more: java.lang.AssertionError: mine");
    assertThat(other.heard).hasSize(10).endsWith("DONE");
  }

  @Test
  void aSlowListenerDoesNotHoldUpTheStudy() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    List<String> heard = new CopyOnWriteArrayList<>();
    StudyListener slow =
        new StudyListener() {
          @Override
          public void trialEnded(History history, Trial trial) {
            try {
              over.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            heard.add("trial " + trial.number());
          }
        };
    Simulation simulation = new Simulation();
    try (Listeners listeners = new Listeners(List.of(), List.of(slow), warnings::add)) {
      simulation.listener = listeners;
      assertThat(simulation.runner(simulation.backend()).run()).isEqualTo(StudyStatus.DONE);
      assertThat(heard).isEmpty();
      over.countDown();
    }
    assertThat(heard).hasSize(8);
  }

  @Test
  void aFollowerHearsOfEventsOnceTheyAreWritten() {
    MemoryStore store = new MemoryStore();
    List<Integer> written = new ArrayList<>();
    FollowedStore followed =
        new FollowedStore(
            store,
            List.of(
                events -> {
                  throw new IllegalStateException("broken");
                },
                events -> written.add(store.read().size())),
            warnings::add);

    followed.append(List.of(END));
    followed.append(List.of(END, END));

    assertThat(written).containsExactly(1, 3);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .endsWith("follows no longer: java.lang.IllegalStateException: broken");
  }

  @Test
  void aFollowerOnItsOwnThreadIsNotWaitedForLong() {
    CountDownLatch never = new CountDownLatch(1);
    BackgroundFollower follower =
        new BackgroundFollower(
            "Slow",
            events -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            warnings::add,
            Duration.ofMillis(50));
    follower.happened(List.of(END));
    follower.happened(List.of(END));

    follower.close();

    await().untilAsserted(() -> assertThat(warnings).hasSize(1));
    assertThat(warnings.get(0))
        .isEqualTo("Slow did not keep up: it does not get the last 2 pieces of news");
  }
}
