package org.fettle.driver.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.fettle.driver.store.JournalReader.Part;

/**
 * Merges neighbouring segments into one. The merged segment is written whole before those that are
 * in it are deleted, so that at every moment the folder holds each event, and a reader that finds
 * it twice takes it once.
 *
 * <p>A driver that was taken for dead does no harm when it goes on in here: its merged segment has
 * its epoch, so that a reader leaves it where the next driver's segments begin, and what it deletes
 * is in there.
 */
final class Compaction {

  /** Larger ones are left as they are. */
  private static final long LARGEST = 8L << 20;

  private final FileSystem files;
  private final Path folder;
  private final Lease lease;

  Compaction(FileSystem files, Path folder, Lease lease) {
    this.files = files;
    this.folder = folder;
    this.lease = lease;
  }

  /**
   * The last segments that are worth merging: each that is no larger than all behind it together,
   * so that an event is copied about as often as the segments' number can be halved.
   */
  static List<Part> tail(List<Part> parts) {
    int begin = parts.size();
    long bytes = 0;
    while (begin > 0) {
      long more = parts.get(begin - 1).bytes();
      if (bytes + more > LARGEST || (bytes > 0 && more > bytes && parts.size() - begin > 1)) {
        break;
      }
      bytes += more;
      begin--;
    }
    return List.copyOf(parts.subList(begin, parts.size()));
  }

  /** All segments, in runs that are each worth a file. */
  static List<List<Part>> runs(List<Part> parts) {
    List<List<Part>> runs = new ArrayList<>();
    List<Part> run = new ArrayList<>();
    long bytes = 0;
    for (Part part : parts) {
      if (bytes + part.bytes() > LARGEST && !run.isEmpty()) {
        runs.add(List.copyOf(run));
        run.clear();
        bytes = 0;
      }
      run.add(part);
      bytes += part.bytes();
    }
    runs.add(List.copyOf(run));
    return runs;
  }

  /**
   * Merges a run of neighbours.
   *
   * @param first the place of its first event
   * @return what stands for them now; empty where there is nothing to merge
   */
  Optional<Part> merge(List<Part> run, long first) throws IOException {
    if (run.size() < 2) {
      return Optional.empty();
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int events = 0;
    for (Part part : run) {
      body.write(body(part));
      events += part.events();
    }
    Segment segment =
        new Segment(first, events, lease.epoch(), java.nio.ByteBuffer.wrap(body.toByteArray()));
    SegmentName name = new SegmentName(first, segment.end(), lease.epoch());
    byte[] file = segment.bytes();
    Text.commit(files, new Path(folder, name.file()), file, lease::requireHeld);
    for (Part part : run) {
      if (!part.name().equals(name)) {
        files.delete(new Path(folder, part.name().file()), false);
      }
    }
    return Optional.of(new Part(name, 0, events, file.length));
  }

  /** The lines of a segment's events that count. */
  private byte[] body(Part part) throws IOException {
    byte[] file = Text.readBytes(files, new Path(folder, part.name().file()));
    if (part.name().isFormat1()) {
      return lines(file, part);
    }
    try {
      java.nio.ByteBuffer body = Segment.read(part.name(), file).body();
      byte[] bytes = new byte[body.remaining()];
      body.get(bytes);
      return lines(bytes, part);
    } catch (Segment.DamagedException | Segment.NewerException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static byte[] lines(byte[] body, Part part) throws IOException {
    int line = 0;
    int begin = 0;
    int end = -1;
    for (int i = 0; i < body.length && end < 0; i++) {
      if (body[i] == '\n') {
        line++;
        begin = line == part.skipped() ? i + 1 : begin;
        end = line == part.skipped() + part.events() ? i + 1 : end;
      }
    }
    if (end < 0) {
      throw new IOException(part.name() + " has changed");
    }
    return java.util.Arrays.copyOfRange(body, begin, end);
  }
}
