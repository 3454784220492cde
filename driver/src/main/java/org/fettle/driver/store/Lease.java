package org.fettle.driver.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The right to write a study's journal. Drivers come one after the other, in epochs from 1: who
 * creates {@code lease.N.json} has epoch N, until someone has N + 1. The files are never deleted,
 * so that a driver that was taken for dead finds out when it wakes up.
 *
 * <p>While it runs, a driver writes {@code lease.N.beat} anew every few seconds. One that has not
 * done so for the time of a lease, by the watch of who looks at it, is taken for dead: no clocks
 * are compared. One whose process is gone from this machine, or whose application is at a later
 * attempt, is known to be.
 */
final class Lease {

  private static final Pattern CLAIMS = Pattern.compile("lease\\.([1-9][0-9]{0,8})\\.json");
  private static final String RELEASED = "released";

  /** Creating a file where there is none is one step there; elsewhere a claim has to settle. */
  private static final Set<String> EXCLUSIVE = Set.of("file", "hdfs");

  private final FileSystem files;
  private final Path folder;
  private final Holder holder;
  private final int epoch;
  private long beats;

  /**
   * What is known of the last driver.
   *
   * @param beat when it was last heard of, by the file system's clock
   */
  record State(Holder holder, int epoch, Optional<Instant> beat, boolean released) {}

  private Lease(FileSystem files, Path folder, Holder holder, int epoch) {
    this.files = files;
    this.folder = folder;
    this.holder = holder;
    this.epoch = epoch;
  }

  /**
   * Takes the study over, if nobody has it or who had it is dead; may wait for the time of a lease
   * to find out.
   *
   * @param say is told what this waits for
   * @throws StoreException if another driver has the study
   */
  static Lease claim(
      FileSystem files, Path folder, Holder holder, StoreTimes times, Consumer<String> say)
      throws IOException, InterruptedException {
    while (true) {
      int last = last(files, folder);
      if (last > 0) {
        requireDead(files, folder, last, holder, times, say);
      }
      Lease lease = new Lease(files, folder, holder, last + 1);
      if (lease.create(times.settle())) {
        lease.beat();
        return lease;
      }
    }
  }

  /** What is known of the driver that has the study or had it last. */
  static Optional<State> last(FileSystem files, Path folder, int epoch) throws IOException {
    if (epoch == 0) {
      return Optional.empty();
    }
    Path beat = beat(folder, epoch);
    Optional<Instant> at = Optional.empty();
    try {
      at = Optional.of(Instant.ofEpochMilli(files.getFileStatus(beat).getModificationTime()));
    } catch (FileNotFoundException e) {
      // It has not yet, or is writing it.
    }
    return Optional.of(
        new State(
            Holder.read(Text.readBytes(files, claim(folder, epoch))),
            epoch,
            at,
            heard(files, beat).equals(RELEASED)));
  }

  /** The greatest epoch, or 0. */
  static int last(FileSystem files, Path folder) throws IOException {
    int last = 0;
    for (FileStatus file : files.listStatus(folder)) {
      Matcher matcher = CLAIMS.matcher(file.getPath().getName());
      if (matcher.matches()) {
        last = Math.max(last, Integer.parseInt(matcher.group(1)));
      }
    }
    // A listing may lag behind, a file that is asked for by its name does not.
    while (files.exists(claim(folder, last + 1))) {
      last++;
    }
    return last;
  }

  private static void requireDead(
      FileSystem files,
      Path folder,
      int epoch,
      Holder other,
      StoreTimes times,
      Consumer<String> say)
      throws IOException, InterruptedException {
    Holder holder = Holder.read(Text.readBytes(files, claim(folder, epoch)));
    String first = heard(files, beat(folder, epoch));
    if (first.equals(RELEASED) || holder.isGone(other)) {
      return;
    }
    say.accept(
        "Waiting up to %d s for a sign of life of the driver that has the study: %s"
            .formatted(times.lease().toSeconds(), holder.words()));
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < times.lease().toNanos()) {
      TimeUnit.NANOSECONDS.sleep(Math.max(1, times.beat().toNanos() / 4));
      String now = heard(files, beat(folder, epoch));
      if (now.equals(RELEASED) || holder.isGone(other)) {
        return;
      }
      if (!now.equals(first)) {
        throw new StoreException(
            "Cannot run %s: another driver does: %s; end that one first"
                .formatted(folder.getParent(), holder.words()));
      }
    }
    say.accept("Taking the study over: that driver is silent");
  }

  private static String heard(FileSystem files, Path beat) throws IOException {
    try {
      return Text.read(files, beat);
    } catch (FileNotFoundException | ChecksumException e) {
      return ""; // It is being written, if its driver lives.
    }
  }

  private static Path claim(Path folder, int epoch) {
    return new Path(folder, "lease." + epoch + ".json");
  }

  private static Path beat(Path folder, int epoch) {
    return new Path(folder, "lease." + epoch + ".beat");
  }

  private boolean create(Duration settle) throws IOException, InterruptedException {
    URI uri = claim(folder, epoch).toUri();
    if (uri.getScheme().equals("file")) {
      try {
        // Hadoop's local file system looks first and creates then.
        Files.write(
            java.nio.file.Path.of(uri),
            holder.json(),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE);
        return true;
      } catch (java.nio.file.FileAlreadyExistsException e) {
        return false;
      }
    }
    try (OutputStream out = Text.createNew(files, claim(folder, epoch))) {
      out.write(holder.json());
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    if (!EXCLUSIVE.contains(uri.getScheme())) {
      TimeUnit.NANOSECONDS.sleep(settle.toNanos());
    }
    return isMine();
  }

  private boolean isMine() throws IOException {
    byte[] claim = Text.readBytes(files, claim(folder, epoch));
    return Holder.read(claim).token().equals(holder.token());
  }

  int epoch() {
    return epoch;
  }

  Holder holder() {
    return holder;
  }

  /**
   * Looks whether another driver has taken over. Of two that claim at once where no file can be
   * created exclusively, the later overwrites the earlier's claim.
   *
   * @throws FencedException if one has
   */
  void requireHeld() throws IOException {
    boolean exclusive = EXCLUSIVE.contains(folder.toUri().getScheme());
    if (files.exists(claim(folder, epoch + 1)) || (!exclusive && !isMine())) {
      Optional<State> state = last(files, folder, last(files, folder));
      throw new FencedException(
          "Cannot go on with %s: another driver has taken it over: %s"
              .formatted(
                  folder.getParent(), state.map(each -> each.holder().words()).orElse("unknown")));
    }
  }

  /** Another driver has the study. */
  static final class FencedException extends IOException {
    private static final long serialVersionUID = 1;

    FencedException(String message) {
      super(message);
    }
  }

  /** Gives a sign of life. */
  void beat() throws IOException {
    sign(Long.toString(beats++));
  }

  /** Lets the next driver have the study at once. */
  void release() throws IOException {
    sign(RELEASED);
  }

  private void sign(String text) throws IOException {
    try (OutputStream out = Text.create(files, beat(folder, epoch))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
