package org.fettle.driver.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.fettle.driver.store.JournalReader.Part;

/**
 * A journal of checksummed segments in a folder of any Hadoop file system, as its one writer sees
 * it. A segment holds the events of one {@link #append}; it is written under a temporary name and
 * renamed, so that a reader sees whole segments or none, and no file is changed later. Small
 * segments are merged into larger ones on the way.
 *
 * <p>While it is open it holds the study's lease. Appends are for one thread; {@link #giveUp} and
 * {@link #whenLost} for any.
 */
public final class JournalStore implements StudyStore {

  /** Version of what is written. A reader refuses a greater one. */
  public static final int FORMAT = Segment.FORMAT;

  /** Segments are merged when so many have come. */
  private static final int MERGED_AFTER = 64;

  private static final long PATIENCE_SECONDS = 30;

  private final FileSystem files;
  private final Path folder;
  private final Lease lease;
  private final Patience patience;
  private final Compaction compaction;
  private final ScheduledExecutorService heart = thread("fettle-lease");
  private final Future<?> beating;
  private final ScheduledExecutorService merger = thread("fettle-journal");

  /** Guards what follows. */
  private final Object lock = new Object();

  private final List<Part> parts = new ArrayList<>();
  private long next;
  private int unmerged = MERGED_AFTER;
  private boolean ready;
  private List<SegmentName> left = List.of();
  private volatile Runnable lost = () -> {};

  private JournalStore(
      FileSystem files, Path folder, Lease lease, StoreTimes times, Patience patience) {
    this.files = files;
    this.folder = folder;
    this.lease = lease;
    this.patience = patience;
    this.compaction = new Compaction(files, folder, lease);
    long beat = times.beat().toNanos();
    beating = heart.scheduleAtFixedRate(this::beat, beat, beat, TimeUnit.NANOSECONDS);
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Takes a journal over, or begins one; may wait for the time of a lease to see whether its driver
   * is dead.
   *
   * @param say is told what is waited for, now and later
   * @throws StoreException if another driver has the study, or the folder cannot be written
   * @throws InterruptedException if the thread is interrupted in waiting
   */
  static JournalStore claim(Path path, Configuration hadoop, Holder holder, Consumer<String> say)
      throws InterruptedException {
    try {
      FileSystem files = path.getFileSystem(hadoop);
      Path folder = files.makeQualified(path);
      if (!files.mkdirs(folder)) {
        throw new IOException("the file system refused to make the folder");
      }
      StoreTimes times = StoreTimes.of(hadoop);
      Lease lease = Lease.claim(files, folder, holder, times, say);
      Patience patience = new Patience(times.patience(), say);
      JournalStore store = new JournalStore(files, folder, lease, times, patience);
      try {
        store.open();
      } catch (IOException | RuntimeException e) {
        store.close();
        throw e;
      }
      return store;
    } catch (IOException e) {
      throw new StoreException("Cannot open journal " + path + ": " + e.getMessage(), e);
    }
  }

  private void open() throws IOException {
    ready = !JournalReader.any(files, folder);
    for (FileStatus file : files.listStatus(folder)) {
      String name = file.getPath().getName();
      // Of drivers that died; one that was taken for dead finds its file gone, and then why.
      if (name.startsWith(".") && name.endsWith(".jsonl.tmp")) {
        files.delete(file.getPath(), false);
      }
    }
  }

  /** Who writes this journal. */
  public Holder holder() {
    return lease.holder();
  }

  /** Which driver of the study this is, from 1. */
  public int session() {
    return lease.epoch();
  }

  /** What happens when another driver takes the study over: it ends this one. */
  public void whenLost(Runnable action) {
    lost = action;
  }

  private void beat() {
    try {
      lease.requireHeld();
      lease.beat();
    } catch (Lease.FencedException e) {
      giveUp();
      lost.run();
    } catch (IOException e) {
      // The next one may come through; what is written says what is wrong.
    }
  }

  /** Does not wait for the file system any longer. */
  public void giveUp() {
    patience.end();
  }

  /** Deletes all events, for a study that is begun anew. */
  void clear() throws IOException {
    lease.requireHeld();
    for (SegmentName name : JournalReader.list(files, folder)) {
      files.delete(new Path(folder, name.file()), false);
    }
    synchronized (lock) {
      parts.clear();
      left = List.of();
      next = 0;
      ready = true;
    }
  }

  /**
   * Puts a last segment that cannot be read aside.
   *
   * @return what was wrong with it; empty if all can be read, or it takes more than that
   */
  public Optional<String> repair() {
    try {
      Optional<Damage> torn = JournalReader.tornEnd(files, folder);
      if (torn.isPresent()) {
        lease.requireHeld();
        Path segment = torn.get().segment();
        if (!files.rename(segment, new Path(folder, "damaged-" + segment.getName()))) {
          throw new IOException("the file system refused to rename " + segment);
        }
      }
      return torn.map(damage -> damage.segment().getName() + ", " + damage.reason());
    } catch (IOException e) {
      throw new StoreException("Cannot repair " + folder + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void append(List<JournalEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    if (!ready) {
      throw new IllegalStateException("A journal must be read before it is appended to");
    }
    Segment segment = Segment.of(next, lease.epoch(), events);
    Path path = new Path(folder, segment.name().file());
    byte[] file = segment.bytes();
    patience.attempt("write " + path, () -> Text.commit(files, path, file, lease::requireHeld));
    boolean merge;
    synchronized (lock) {
      parts.add(new Part(segment.name(), 0, events.size(), file.length));
      next = segment.end();
      merge = ++unmerged >= MERGED_AFTER;
      unmerged = merge ? 0 : unmerged;
    }
    if (merge) {
      merger.execute(this::mergeTail);
    }
  }

  private void mergeTail() {
    List<Part> run;
    List<SegmentName> unused;
    synchronized (lock) {
      run = Compaction.tail(parts);
      unused = left;
      left = List.of();
    }
    merge(run);
    try {
      // Merged already, or by drivers that had lost the study.
      for (SegmentName name : unused) {
        lease.requireHeld();
        files.delete(new Path(folder, name.file()), false);
      }
    } catch (IOException e) {
      // They are in nobody's way.
    }
  }

  private void mergeAll() {
    List<List<Part>> runs;
    synchronized (lock) {
      runs = Compaction.runs(parts);
    }
    runs.forEach(this::merge);
  }

  /** Segments that cannot be merged now stay as they are. */
  private void merge(List<Part> run) {
    try {
      int begin;
      long first = 0;
      synchronized (lock) {
        begin = run.isEmpty() ? 0 : parts.indexOf(run.get(0));
        for (Part part : parts.subList(0, begin)) {
          first += part.events();
        }
      }
      Optional<Part> merged = compaction.merge(run, first);
      synchronized (lock) {
        merged.ifPresent(
            part -> {
              parts.subList(begin, begin + run.size()).clear();
              parts.add(begin, part);
            });
      }
    } catch (IOException e) {
      // Nothing is lost, and what is wrong the next append will say.
    }
  }

  /** Reads the journal, and is ready to append to what was read. */
  @Override
  public void read(Consumer<JournalEvent> sink) {
    try {
      JournalReader.Extent extent = JournalReader.read(files, folder, sink);
      synchronized (lock) {
        if (parts.isEmpty()) {
          parts.addAll(extent.parts());
          next = extent.events();
          left = new ArrayList<>(extent.listed());
          left.removeAll(parts.stream().map(Part::name).toList());
          ready = true;
        }
      }
    } catch (IOException e) {
      throw new StoreException("Cannot read journal " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Ends as a process that is killed: says nothing, and leaves everything as it is. */
  void abandon() {
    beating.cancel(true);
    heart.shutdownNow();
    merger.shutdownNow();
  }

  @Override
  public void close() {
    beating.cancel(true);
    heart.shutdown();
    merger.execute(this::mergeAll);
    merger.shutdown();
    try {
      if (heart.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)
          && merger.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        lease.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The next driver has to wait, or sees that the process has ended.
    }
  }
}
