package org.fettle.driver.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeLeftTest {

  private final TimeLeft left = new TimeLeft();

  private static Instant at(double seconds) {
    return Instant.EPOCH.plusMillis((long) (seconds * 1000));
  }

  @Test
  void saysNothingBeforeATrialHasEnded() {
    left.started(0, at(0));

    assertThat(left.seconds(10, at(100))).isEmpty();
  }

  @Test
  void sharesWhatIsLeftAmongThoseThatRunAtOnce() {
    for (int trial = 0; trial < 4; trial++) {
      left.started(trial, at(0));
    }
    for (int trial = 0; trial < 4; trial++) {
      left.ended(trial, at(10));
      left.started(4 + trial, at(10));
    }

    // 4 in flight at 10 s each, and 8 to come: two rounds after this one.
    assertThat(left.seconds(8, at(10)).getAsDouble()).isEqualTo(30, within(1.0));
    assertThat(left.seconds(8, at(15)).getAsDouble()).isEqualTo(25, within(1.0));
    assertThat(left.seconds(0, at(15)).getAsDouble()).isEqualTo(5, within(1.0));
  }

  /** Of two kinds of trials the short ones end first; the long ones are known to last longer. */
  @Test
  void isNotTakenInByTheShortTrialsThatEndFirst() {
    for (int trial = 0; trial < 10; trial++) {
      left.started(trial, at(0));
    }
    for (int trial = 0; trial < 5; trial++) {
      left.ended(trial, at(1));
    }

    double pace = 20.0 / 5;
    assertThat(left.seconds(20, at(60)).getAsDouble())
        .as("five have run for a minute")
        .isGreaterThan(pace * 1.5);
  }

  @Test
  void forgetsHowTrialsOnceWere() {
    for (int trial = 0; trial < 3 * TimeLeft.MEMORY; trial++) {
      left.started(trial, at(trial));
      left.ended(trial, at(trial + (trial < 2 * TimeLeft.MEMORY ? 0.1 : 2)));
    }

    assertThat(left.seconds(10, at(1000)).getAsDouble()).isEqualTo(20, within(0.1));
  }
}
