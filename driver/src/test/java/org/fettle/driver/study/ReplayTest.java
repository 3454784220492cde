package org.fettle.driver.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyStatus;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;
import org.junit.jupiter.api.Test;

class ReplayTest {

  private static final StudySpec SPEC = new Simulation().spec();
  private static final JournalEvent CREATED =
      new JournalEvent.StudyCreated(at(0), 1, Map.of(), Map.of());
  private static final JournalEvent FIRST = started(0, 10);

  private static Instant at(int second) {
    return Instant.ofEpochSecond(second);
  }

  private static JournalEvent started(int trial, int second) {
    return new JournalEvent.TrialStarted(
        at(second), trial, Assignment.of("x", 0.5, "n", 1), "random");
  }

  private static JournalEvent fold(int trial, int fold, double seconds) {
    return new JournalEvent.FoldEnded(
        at(20), trial, fold, Measurement.of("loss", fold), List.of(), seconds);
  }

  private static JournalEvent ended(int trial) {
    return new JournalEvent.TrialEnded(
        at(30), trial, new Outcome.Completed(Measurement.of("loss", 1)));
  }

  @Test
  void aStudyWithoutAnEndIsOpen() {
    Replay replay = Replay.of(SPEC, List.of(CREATED, FIRST));

    assertThat(replay.status()).isEqualTo(StudyStatus.OPEN);
    assertThat(replay.history().running()).hasSize(1);
    assertThat(replay.timings()).containsExactly(new Timing(at(10), Optional.empty(), 0));
  }

  @Test
  void aStudyThatGoesOnAfterItsEndIsOpenAgain() {
    JournalEvent end =
        new JournalEvent.StudyEnded(at(11), StudyStatus.INTERRUPTED, Optional.empty());

    assertThat(Replay.of(SPEC, List.of(CREATED, end)).status()).isEqualTo(StudyStatus.INTERRUPTED);
    assertThat(Replay.of(SPEC, List.of(CREATED, end, FIRST)).status()).isEqualTo(StudyStatus.OPEN);
  }

  @Test
  void addsUpTheWorkOfTheFolds() {
    Replay replay =
        Replay.of(SPEC, List.of(CREATED, FIRST, fold(0, 1, 2.5), fold(0, 0, 4), ended(0)));

    assertThat(replay.timings()).containsExactly(new Timing(at(10), Optional.of(at(30)), 6.5));
    assertThat(replay.history().trial(0).folds().keySet()).containsExactly(0, 1);
  }

  @Test
  void refusesEventsThatDoNotFit() {
    assertThatThrownBy(() -> Replay.of(SPEC, List.of(CREATED, started(1, 0))))
        .isInstanceOf(StoreException.class)
        .hasMessage("Cannot replay event 2: Trial must have number 0, but was 1");
    assertThatThrownBy(() -> Replay.of(SPEC, List.of(CREATED, FIRST, fold(3, 0, 1))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Cannot replay event 3: Trial 3 must be one of");
    assertThatThrownBy(() -> Replay.of(SPEC, List.of(CREATED, FIRST, ended(0), ended(0))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Cannot replay event 4: Trial 0 must be running");
  }
}
