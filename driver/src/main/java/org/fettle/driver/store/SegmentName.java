package org.fettle.driver.store;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a segment says: which event it begins with, who wrote it, and of a merged one
 * where it ends.
 *
 * @param first its first event's place in the journal, from 0; of format 1 the segment's number
 * @param end the place behind its last event, if it was merged of others; otherwise -1
 * @param epoch which of the study's drivers wrote it, from 1; 0 of format 1
 */
record SegmentName(long first, long end, int epoch) implements Comparable<SegmentName> {

  /** Zeros make the names sort as their numbers do. */
  private static final Pattern NAMES =
      Pattern.compile("([0-9]{10,18})(?:-([0-9]{10,18}))?\\.([1-9][0-9]{0,8})\\.jsonl");

  private static final Pattern FORMAT_1 = Pattern.compile("([0-9]{8})\\.jsonl");

  static SegmentName of(long first, int epoch) {
    return new SegmentName(first, -1, epoch);
  }

  static SegmentName ofFormat1(int number) {
    return new SegmentName(number, -1, 0);
  }

  /** Reads a file's name; other files are not ours. */
  static Optional<SegmentName> parse(String name) {
    Matcher old = FORMAT_1.matcher(name);
    if (old.matches()) {
      return Optional.of(ofFormat1(Integer.parseInt(old.group(1))));
    }
    Matcher matcher = NAMES.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long end = matcher.group(2) == null ? -1 : Long.parseLong(matcher.group(2));
    return Optional.of(
        new SegmentName(Long.parseLong(matcher.group(1)), end, Integer.parseInt(matcher.group(3))));
  }

  boolean isMerged() {
    return end >= 0;
  }

  boolean isFormat1() {
    return epoch == 0;
  }

  /**
   * Whether the event at a place can be in it. Of one that was not merged only the first is known.
   */
  boolean covers(long place) {
    return isMerged() ? first <= place && place < end : first == place;
  }

  String file() {
    if (isFormat1()) {
      return "%08d.jsonl".formatted(first);
    }
    return isMerged()
        ? "%010d-%010d.%d.jsonl".formatted(first, end, epoch)
        : "%010d.%d.jsonl".formatted(first, epoch);
  }

  @Override
  public int compareTo(SegmentName other) {
    int byFirst = Long.compare(first, other.first);
    int byEpoch = Integer.compare(epoch, other.epoch);
    return byFirst != 0 ? byFirst : byEpoch != 0 ? byEpoch : Long.compare(end, other.end);
  }

  @Override
  public String toString() {
    return file();
  }
}
