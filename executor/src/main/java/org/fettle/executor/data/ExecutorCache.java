package org.fettle.executor.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Prepared folds of a study, kept for the tasks of one executor: the JVM has one cache. Least
 * recently used folds go when the bound is passed, and all of them when another study begins. Safe
 * for several threads; a fold is prepared once although several tasks may want it.
 */
public final class ExecutorCache {

  /** Of an executor's heap; the rest is for Spark, the broadcast table and training. */
  private static final int FRACTION = 4;

  private static final ExecutorCache INSTANCE =
      new ExecutorCache(Runtime.getRuntime().maxMemory() / FRACTION);

  private record Key(String study, int fold) {}

  private final long limit;
  private final Map<Key, CompletableFuture<PreparedFold>> folds =
      new LinkedHashMap<>(16, 0.75f, true);

  ExecutorCache(long limit) {
    this.limit = limit;
  }

  /** The cache of this JVM. */
  public static ExecutorCache get() {
    return INSTANCE;
  }

  /** Returns a fold, and prepares it when it is not here. */
  public PreparedFold fold(String study, int fold, Supplier<PreparedFold> prepare) {
    Key key = new Key(study, fold);
    CompletableFuture<PreparedFold> mine = new CompletableFuture<>();
    CompletableFuture<PreparedFold> found;
    synchronized (this) {
      folds.keySet().removeIf(other -> !other.study().equals(study));
      found = folds.putIfAbsent(key, mine);
    }
    if (found != null) {
      return waitFor(found);
    }
    try {
      mine.complete(prepare.get());
    } catch (Throwable failure) {
      mine.completeExceptionally(failure);
      remove(key);
      throw failure;
    }
    evict(key);
    return mine.join();
  }

  private static PreparedFold waitFor(CompletableFuture<PreparedFold> fold) {
    try {
      return fold.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private synchronized void remove(Key key) {
    folds.remove(key);
  }

  private synchronized void evict(Key latest) {
    var oldest = folds.entrySet().iterator();
    while (bytes() > limit && oldest.hasNext()) {
      var entry = oldest.next();
      if (entry.getValue().isDone() && !entry.getKey().equals(latest)) {
        oldest.remove();
      }
    }
  }

  /** Memory held, in bytes. */
  synchronized long bytes() {
    return folds.values().stream()
        .filter(fold -> fold.isDone() && !fold.isCompletedExceptionally())
        .mapToLong(fold -> fold.join().bytes())
        .sum();
  }

  /** Lets go of everything. */
  public synchronized void clear() {
    folds.clear();
  }
}
