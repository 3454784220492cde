package org.fettle.executor.checkpoint;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.fettle.executor.task.Checkpointing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one run, as the run sees them: what it goes on from, and when it is to leave
 * the next one. A checkpoint that cannot be written is not missed until it is needed, so that it
 * costs a line in the log. For one thread.
 */
public final class RunCheckpoints {

  private static final Logger LOG = LoggerFactory.getLogger(RunCheckpoints.class);

  private final Optional<Checkpointing> how;
  private final Supplier<Configuration> hadoop;
  private boolean complained;
  private int lastStep;
  private long lastNanos = System.nanoTime();

  /**
   * The checkpoints of a run that begins now.
   *
   * @param how empty where it leaves none
   * @param hadoop asked only where there is something to be read or written
   */
  public RunCheckpoints(Optional<Checkpointing> how, Supplier<Configuration> hadoop) {
    this.how = requireNonNull(how, "how is null");
    this.hadoop = hadoop;
  }

  private CheckpointFolder folder(Checkpointing of, String uri) {
    return new CheckpointFolder(uri, hadoop.get(), of.keep());
  }

  /**
   * What the run goes on from: its own latest checkpoint, or else the end of its parent, without
   * what that one reported; empty where it has to begin anew.
   *
   * @param before the step at whose end the run is over, so that there would be nothing left to do
   * @throws IOException if there is nothing to go on from although it has a parent
   */
  public Optional<RunProgress> restored(int before) throws IOException {
    if (how.isEmpty()) {
      return Optional.empty();
    }
    Checkpointing place = how.get();
    Optional<Checkpoint> own = own(place, before);
    if (own.isPresent()) {
      lastStep = own.get().step();
      LOG.info("Going on from {} after step {}", place.folder(), lastStep);
      return own.map(Checkpoint::progress);
    }
    if (place.parent().isEmpty()) {
      return Optional.empty();
    }
    String uri = place.parent().get();
    Checkpoint parent =
        folder(place, uri)
            .last(Integer.MAX_VALUE)
            .orElseThrow(
                () -> new IOException("Cannot go on from " + uri + ": no good checkpoint there"));
    lastStep = parent.step();
    return Optional.of(new RunProgress(parent.progress().state(), List.of(), 0));
  }

  /** Its own are a help and no need: where they cannot be read, the run begins anew. */
  private Optional<Checkpoint> own(Checkpointing place, int before) {
    try {
      return folder(place, place.folder()).last(before);
    } catch (IOException e) {
      complain("Cannot look for checkpoints in {}: {}", place, e);
      return Optional.empty();
    }
  }

  /** The step of the checkpoint that was last read or written; 0 where there was none. */
  public int last() {
    return lastStep;
  }

  /** Whether a checkpoint is to be left after a step. */
  public boolean due(int step) {
    if (how.isEmpty()) {
      return false;
    }
    Checkpointing when = how.get();
    double seconds = (System.nanoTime() - lastNanos) * 1e-9;
    return (when.everyEpochs() > 0 && step - lastStep >= when.everyEpochs())
        || (when.everySeconds() > 0 && seconds >= when.everySeconds());
  }

  /**
   * Leaves a checkpoint.
   *
   * @throws CancellationException when the thread is interrupted
   */
  public void save(int step, RunProgress progress) {
    if (how.isEmpty()) {
      return;
    }
    Checkpointing place = how.get();
    try {
      folder(place, place.folder()).write(new Checkpoint(step, progress));
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("Checkpoint was interrupted");
      }
      complain("Cannot leave a checkpoint in {}; the run goes on without: {}", place, e);
    }
    lastStep = step;
    lastNanos = System.nanoTime();
  }

  private void complain(String message, Checkpointing place, IOException reason) {
    if (!complained) {
      complained = true;
      LOG.warn(message, place.folder(), reason.toString());
    }
  }
}
