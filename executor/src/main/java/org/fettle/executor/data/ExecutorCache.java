package org.fettle.executor.data;

import java.lang.ref.Cleaner;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prepared folds of a study, kept for the tasks of one executor: the JVM has one cache. Least
 * recently used folds go when the bound is passed, and all of them when another study begins or
 * Spark lets go of the study's data; a fold larger than the bound is kept alone. Safe for several
 * threads; a fold is prepared once although several tasks may want it.
 */
public final class ExecutorCache {

  /** Of an executor's heap; the rest is for Spark, the broadcast table and training. */
  private static final int FRACTION = 4;

  private static final ExecutorCache INSTANCE =
      new ExecutorCache(Runtime.getRuntime().maxMemory() / FRACTION);

  /** Notices when a study's data is let go of; its thread ends with the JVM. */
  private static final Cleaner LET_GO = Cleaner.create();

  private record Key(String study, int fold) {}

  private final long limit;
  private final Map<Key, CompletableFuture<PreparedFold>> folds =
      new LinkedHashMap<>(16, 0.75f, true);
  private final Set<String> followed = new HashSet<>();

  ExecutorCache(long limit) {
    this.limit = limit;
  }

  /** The cache of this JVM. */
  public static ExecutorCache get() {
    return INSTANCE;
  }

  /**
   * Keeps a study's folds no longer than its data: Spark lets go of what was broadcast when the
   * study ends, in every executor.
   *
   * @return whether the study is new here
   */
  public synchronized boolean follow(StudyData data, String study) {
    boolean isNew = followed.add(study);
    if (isNew) {
      LET_GO.register(data, () -> forget(study));
    }
    return isNew;
  }

  private synchronized void forget(String study) {
    followed.remove(study);
    folds.keySet().removeIf(key -> key.study().equals(study));
  }

  /**
   * Returns a fold, and prepares it when it is not here. What the preparation throws is thrown to
   * its own caller alone and is not kept: others that wait for the fold prepare it themselves.
   *
   * @throws CancellationException when interrupted while another thread prepares the fold
   */
  public PreparedFold fold(String study, int fold, Supplier<PreparedFold> prepare) {
    Key key = new Key(study, fold);
    CompletableFuture<PreparedFold> mine = new CompletableFuture<>();
    while (true) {
      CompletableFuture<PreparedFold> others = claim(key, mine);
      if (others == null) {
        return prepare(key, mine, prepare);
      }
      Optional<PreparedFold> prepared = waitFor(others);
      if (prepared.isPresent()) {
        return prepared.get();
      }
    }
  }

  /** Enters a fold to come, unless there is one already, which is returned. */
  private synchronized @Nullable CompletableFuture<PreparedFold> claim(
      Key key, CompletableFuture<PreparedFold> mine) {
    folds.keySet().removeIf(other -> !other.study().equals(key.study()));
    return folds.putIfAbsent(key, mine);
  }

  private PreparedFold prepare(
      Key key, CompletableFuture<PreparedFold> mine, Supplier<PreparedFold> prepare) {
    try {
      PreparedFold prepared = prepare.get();
      mine.complete(prepared);
      evict(key);
      return prepared;
    } catch (Throwable failure) {
      // Removed before those who wait are woken, so that they do not find it again.
      remove(key, mine);
      mine.completeExceptionally(failure);
      throw failure;
    }
  }

  /** Empty where the other's preparation failed, perhaps by an interrupt meant for it alone. */
  private static Optional<PreparedFold> waitFor(CompletableFuture<PreparedFold> others) {
    try {
      return Optional.of(others.get());
    } catch (ExecutionException | CancellationException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Cancelled while another task prepared the fold");
    }
  }

  private synchronized void remove(Key key, CompletableFuture<PreparedFold> failed) {
    folds.remove(key, failed);
  }

  private synchronized void evict(Key latest) {
    Iterator<Map.Entry<Key, CompletableFuture<PreparedFold>>> oldest = folds.entrySet().iterator();
    while (bytes() > limit && oldest.hasNext()) {
      Map.Entry<Key, CompletableFuture<PreparedFold>> entry = oldest.next();
      if (entry.getValue().isDone() && !entry.getKey().equals(latest)) {
        oldest.remove();
      }
    }
  }

  /** Memory held, in bytes. */
  synchronized long bytes() {
    return folds.values().stream()
        .filter(fold -> fold.isDone())
        .mapToLong(fold -> fold.join().bytes())
        .sum();
  }

  /** Lets go of everything. */
  public synchronized void clear() {
    folds.clear();
  }
}
