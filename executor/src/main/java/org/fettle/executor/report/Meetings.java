package org.fettle.executor.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where members of gangs tell each other how to be reached: in the driver. Any thread. */
final class Meetings {

  /** Long after the last member has heard all. */
  private static final int MOST = 1_000;

  private final Map<String, @Nullable String[]> meetings = new LinkedHashMap<>();

  /** What a member says, each time that it asks what all say. */
  record Word(String meeting, int rank, int size, String word) {

    /** In a form that any of Spark's serializers takes. */
    String[] encoded() {
      return new String[] {meeting, Integer.toString(rank), Integer.toString(size), word};
    }

    static Word decoded(String[] message) {
      return new Word(
          message[0], Integer.parseInt(message[1]), Integer.parseInt(message[2]), message[3]);
    }
  }

  /** Returns what all have said, by rank; nothing as long as one has not. */
  synchronized String[] said(Word word) {
    @Nullable String[] words =
        meetings.computeIfAbsent(word.meeting(), key -> new @Nullable String[word.size()]);
    words[word.rank()] = word.word();
    if (meetings.size() > MOST) {
      meetings.remove(meetings.keySet().iterator().next());
    }
    return Arrays.stream(words).allMatch(Objects::nonNull)
        ? Arrays.stream(words).map(Objects::requireNonNull).toArray(String[]::new)
        : new String[0];
  }
}
