package org.fettle.executor.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeetingsTest {

  private final Meetings meetings = new Meetings();

  private String[] said(String meeting, int rank, String word) {
    return meetings.said(
        Meetings.Word.decoded(new Meetings.Word(meeting, rank, 2, word).encoded()));
  }

  @Test
  void tellsAllWordsOnceAllHaveSpoken() {
    assertThat(said("1/0/0", 1, "")).isEmpty();
    assertThat(said("1/1/0", 0, "of another attempt")).isEmpty();
    assertThat(said("1/0/0", 1, "")).isEmpty();
    assertThat(said("1/0/0", 0, "4711")).containsExactly("4711", "");
    assertThat(said("1/0/0", 1, "")).containsExactly("4711", "");
  }

  @Test
  void forgetsTheOldestOfAThousand() {
    said("first", 0, "a");
    for (int i = 0; i < 1_000; i++) {
      said("later/" + i, 0, "b");
    }

    assertThat(said("later/0", 1, "c")).containsExactly("b", "c");
    assertThat(said("first", 1, "d")).isEmpty();
  }
}
