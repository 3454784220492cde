package org.fettle.driver.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads a journal's segments in order, also while its driver writes and merges them.
 *
 * <p>At each place the segment of the greatest epoch counts, and behind one of an epoch none of a
 * lesser: what a driver wrote after another took the study over is passed over. A listing may lag
 * behind: the segment that comes next is asked for by its name as well, and one that was listed but
 * is gone was merged, so that the folder is listed anew.
 */
final class JournalReader {

  private static final int LISTINGS = 20;
  private static final long PAUSE_MILLIS = 50;

  private final FileSystem files;
  private final Path folder;
  private final Consumer<JournalEvent> sink;
  private final EventJson json = new EventJson();

  private NavigableSet<SegmentName> listed = new TreeSet<>();
  private final List<Part> parts = new ArrayList<>();
  private long place;
  private int epoch;
  private int format1;
  private int ended;

  /**
   * What of a segment belongs to the journal.
   *
   * @param skipped how many of its events stand in segments before it
   * @param bytes of the file
   */
  record Part(SegmentName name, int skipped, int events, long bytes) {}

  /**
   * What was read.
   *
   * @param events how many there are
   * @param parts the segments they are in, in order
   * @param listed all segments in the folder
   */
  record Extent(long events, List<Part> parts, List<SegmentName> listed) {}

  private JournalReader(FileSystem files, Path folder, Consumer<JournalEvent> sink) {
    this.files = files;
    this.folder = folder;
    this.sink = sink;
  }

  /** Whether there is any segment. */
  static boolean any(FileSystem files, Path folder) throws IOException {
    try {
      return !list(files, folder).isEmpty();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /**
   * Reads all events.
   *
   * @throws StoreException if the journal is damaged or of a later format
   */
  static Extent read(FileSystem files, Path folder, Consumer<JournalEvent> sink)
      throws IOException {
    return new JournalReader(files, folder, sink).read();
  }

  /**
   * The damage of a journal whose last segment cannot be read, if that is all that is wrong with
   * it.
   */
  static Optional<Damage> tornEnd(FileSystem files, Path folder) throws IOException {
    JournalReader reader = new JournalReader(files, folder, event -> {});
    try {
      reader.read();
      return Optional.empty();
    } catch (StoreException e) {
      return reader.damage.filter(damage -> damage.later() == 0);
    }
  }

  private Optional<Damage> damage = Optional.empty();

  private Extent read() throws IOException {
    listed = list(files, folder);
    int listings = 1;
    while (true) {
      Optional<SegmentName> next = listedNext().or(this::namedNext);
      if (next.isEmpty() && later() == 0) {
        return new Extent(place, List.copyOf(parts), List.copyOf(listed));
      }
      boolean read = next.isPresent() && segment(next.get());
      if (!read) {
        if (listings++ == LISTINGS) {
          throw missing();
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        listed = list(files, folder);
      }
    }
  }

  static NavigableSet<SegmentName> list(FileSystem files, Path folder) throws IOException {
    NavigableSet<SegmentName> names = new TreeSet<>();
    for (FileStatus file : files.listStatus(folder)) {
      SegmentName.parse(file.getPath().getName()).ifPresent(names::add);
    }
    return names;
  }

  /** The segment of the greatest epoch here, and of those the one that tells most. */
  private Optional<SegmentName> listedNext() {
    Optional<SegmentName> found =
        listed.stream()
            .filter(name -> !name.isFormat1() && name.epoch() >= epoch && name.covers(place))
            .max(Comparator.comparingInt(SegmentName::epoch).thenComparingLong(SegmentName::end));
    SegmentName old = SegmentName.ofFormat1(format1);
    return found.isEmpty() && epoch == 0 && listed.contains(old) ? Optional.of(old) : found;
  }

  /** The segment that comes next, where the listing does not have it yet. */
  private Optional<SegmentName> namedNext() {
    int greatest = listed.stream().mapToInt(SegmentName::epoch).max().orElse(0);
    for (int each = Math.max(greatest, 1); each >= Math.max(epoch, 1); each--) {
      SegmentName name = SegmentName.of(place, each);
      try {
        if (files.exists(path(name))) {
          return Optional.of(name);
        }
      } catch (IOException e) {
        return Optional.empty(); // The next listing says what is wrong.
      }
    }
    return Optional.empty();
  }

  /** How many segments stand behind this place. */
  private int later() {
    return (int)
        listed.stream()
            .filter(
                name ->
                    name.isFormat1()
                        ? epoch == 0 && name.first() > format1
                        : name.epoch() >= epoch && name.first() > place)
            .count();
  }

  private Path path(SegmentName name) {
    return new Path(folder, name.file());
  }

  /** Reads a segment, and returns false if it is no longer there. */
  private boolean segment(SegmentName name) throws IOException {
    byte[] file;
    try {
      file = Text.readBytes(files, path(name));
    } catch (FileNotFoundException e) {
      return false;
    } catch (ChecksumException e) {
      throw damaged(name, String.valueOf(e.getMessage()), Optional.of(e));
    }
    if (name.isFormat1()) {
      events(name, file, 0, Integer.MAX_VALUE);
      if (file.length == 0 || file[file.length - 1] != '\n') {
        throw damaged(name, "Line must have an end, but the file stops", Optional.empty());
      }
      format1++;
      return true;
    }
    try {
      Segment segment = Segment.read(name, file);
      byte[] body = new byte[segment.body().remaining()];
      segment.body().get(body);
      int skipped = Math.toIntExact(place - segment.first());
      int most = Math.toIntExact(Math.min(segment.end(), cut(name, segment.end())) - place);
      epoch = name.epoch();
      events(name, body, skipped, most);
      if (parts.get(parts.size() - 1).events() != most) {
        throw new Segment.DamagedException("it must have %d events".formatted(segment.events()));
      }
      return true;
    } catch (Segment.DamagedException e) {
      throw damaged(name, String.valueOf(e.getMessage()), Optional.of(e));
    } catch (Segment.NewerException e) {
      throw new StoreException("Cannot read " + path(name) + ": " + e.getMessage(), e);
    }
  }

  /** Where another driver took over within a segment that a former one has merged since. */
  private long cut(SegmentName name, long end) {
    return listed.stream()
        .filter(each -> each.epoch() > name.epoch() && each.first() > place && each.first() < end)
        .mapToLong(SegmentName::first)
        .min()
        .orElse(end);
  }

  private void events(SegmentName name, byte[] lines, int skipped, int most) {
    int begin = 0;
    int line = 0;
    int events = 0;
    for (int i = 0; i < lines.length && events < most; i++) {
      if (lines[i] == '\n' || i == lines.length - 1) {
        if (line++ >= skipped) {
          JournalEvent event = event(name, lines, begin, i + 1 - begin, line);
          ended += event instanceof JournalEvent.TrialEnded ? 1 : 0;
          events++;
          place++;
          sink.accept(event);
        }
        begin = i + 1;
      }
    }
    if (events == 0 && name.isFormat1()) {
      throw damaged(name, "it is empty", Optional.empty());
    }
    parts.add(new Part(name, skipped, events, lines.length));
  }

  private JournalEvent event(SegmentName name, byte[] lines, int begin, int length, int line) {
    try {
      return known(json.read(lines, begin, length));
    } catch (IllegalArgumentException e) {
      String reason = "line %d: %s".formatted(line, e.getMessage());
      if (name.isFormat1()) {
        throw damaged(name, reason, Optional.of(e));
      }
      throw new StoreException(
          "Cannot read %s, after %d events: %s; its checksum is right, so a later Fettle wrote it"
              .formatted(path(name), place, reason),
          e);
    }
  }

  private JournalEvent known(JournalEvent event) {
    if (event instanceof JournalEvent.StudyCreated created && created.format() > Segment.FORMAT) {
      throw new StoreException(
          "Cannot read journal %s: its format is %d, and this Fettle knows up to %d"
              .formatted(folder, created.format(), Segment.FORMAT));
    }
    return event;
  }

  private StoreException damaged(SegmentName name, String reason, Optional<Throwable> cause) {
    int behind =
        (int)
            listed.stream()
                .filter(
                    each ->
                        each.epoch() >= name.epoch()
                            && each.first() > (name.isFormat1() ? name.first() : place))
                .count();
    Damage found = new Damage(path(name), reason, place, ended, behind);
    damage = Optional.of(found);
    return found.exception(cause);
  }

  private StoreException missing() {
    SegmentName name =
        epoch == 0 && listed.stream().anyMatch(SegmentName::isFormat1)
            ? SegmentName.ofFormat1(format1)
            : SegmentName.of(place, Math.max(epoch, 1));
    return damaged(name, "it is missing", Optional.empty());
  }
}
