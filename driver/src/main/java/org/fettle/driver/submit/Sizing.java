package org.fettle.driver.submit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a submission asks of a cluster, and what it can do with it.
 *
 * @param executors empty where the cluster decides
 * @param slotsPerExecutor runs that an executor works on at once; empty where it takes all cores
 * @param heapMebibytes of an executor
 * @param arrayMebibytes outside the heap for arrays, an estimate that the executor is held to
 * @param overheadMebibytes outside the heap in all
 * @param neededMebibytes what that should be at least
 * @param runsPerTrial folds, or one
 * @param parallel trials in flight as the job says; empty for as many as there is room for
 * @param trials of the study, if they are limited
 */
record Sizing(
    OptionalInt executors,
    OptionalInt slotsPerExecutor,
    long heapMebibytes,
    long arrayMebibytes,
    long overheadMebibytes,
    long neededMebibytes,
    int runsPerTrial,
    OptionalInt parallel,
    OptionalInt trials) {

  /** The native libraries and ND4J's own buffers. */
  private static final long NATIVES = 256;

  /** A small network with its updater's state, gradients and one batch. */
  private static final long RUN = 128;

  /** The table as it was sent, a fold of it prepared, and one that is being prepared. */
  private static final long TABLE_COPIES = 3;

  /** What a JVM has besides: code, classes, threads, network buffers; Spark's own default. */
  private static final long JVM = 384;

  /** Of an executor for which nobody says it; Spark's own default. */
  private static final long HEAP = 1024;

  private static final long STEP = 64;
  private static final long MEBIBYTE = 1 << 20;

  /**
   * Works a size out.
   *
   * @throws IllegalArgumentException if a setting is no number, or no size
   */
  static Sizing of(Target target, SparkSettings settings, Load load) {
    OptionalInt slots = slotsPerExecutor(target, settings);
    long heap = settings.mebibytes("spark.executor.memory").orElse(HEAP);
    long table = load.tableBytes().orElse(0) / MEBIBYTE + 1;
    long arrays = roundUp(NATIVES + RUN * slots.orElse(2) + TABLE_COPIES * table);
    long needed = JVM + load.libraryMebibytes() + arrays;
    long overhead = settings.mebibytes("spark.executor.memoryOverhead").orElse(needed);
    return new Sizing(
        executors(target, settings),
        slots,
        heap,
        arrays,
        overhead,
        needed,
        load.runsPerTrial(),
        load.parallel(),
        load.trials());
  }

  private static OptionalInt executors(Target target, SparkSettings settings) {
    if (Boolean.parseBoolean(settings.get("spark.dynamicAllocation.enabled").orElse("false"))) {
      int most = settings.number("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE);
      return most == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(most);
    }
    if (target != Target.STANDALONE) {
      return OptionalInt.of(settings.number("spark.executor.instances", 2));
    }
    int cores = settings.number("spark.executor.cores", 0);
    int most = settings.number("spark.cores.max", 0);
    return cores > 0 && most > 0 ? OptionalInt.of(most / cores) : OptionalInt.empty();
  }

  private static OptionalInt slotsPerExecutor(Target target, SparkSettings settings) {
    int cores = settings.number("spark.executor.cores", target == Target.STANDALONE ? 0 : 1);
    if (cores == 0) {
      return OptionalInt.empty();
    }
    int slots = cores / Math.max(1, settings.number("spark.task.cpus", 1));
    double task = settings.amount("spark.task.resource.gpu.amount");
    if (task > 0) {
      int devices = settings.number("spark.executor.resource.gpu.amount", 0);
      slots = (int) Math.min(slots, Math.floor(devices / task));
    }
    return OptionalInt.of(slots);
  }

  private static long roundUp(long mebibytes) {
    return (mebibytes + STEP - 1) / STEP * STEP;
  }

  private OptionalInt slots() {
    return executors.isPresent() && slotsPerExecutor.isPresent()
        ? OptionalInt.of(executors.getAsInt() * slotsPerExecutor.getAsInt())
        : OptionalInt.empty();
  }

  /** As the study loop does: one more where trials have folds, so that no slot waits. */
  private int inFlight(int slots) {
    int whole = Math.max(1, (slots + runsPerTrial - 1) / runsPerTrial);
    int wanted = parallel.orElse(runsPerTrial == 1 ? whole : whole + 1);
    return Math.min(wanted, trials.orElse(wanted));
  }

  /** What a person should know before it runs, a line each. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Size: %s, each with %s, %d MiB heap and %d MiB beside it (arrays: %d MiB)"
            .formatted(
                executors.isPresent()
                    ? count(executors.getAsInt(), "executor")
                    : "executors as the cluster has room",
                slotsPerExecutor.isPresent()
                    ? "room for " + count(slotsPerExecutor.getAsInt(), "run")
                    : "a run for each of its cores",
                heapMebibytes,
                overheadMebibytes,
                arrayMebibytes));
    slots().ifPresent(slots -> lines.addAll(expected(slots)));
    if (overheadMebibytes < neededMebibytes) {
      lines.add(
          ("spark.executor.memoryOverhead should be at least %d MiB, but is %d:"
                  + " the cluster may kill executors")
              .formatted(neededMebibytes, overheadMebibytes));
    }
    return lines;
  }

  private List<String> expected(int slots) {
    List<String> lines = new ArrayList<>();
    if (slots == 0) {
      lines.add("No executor has room for a run: check cores, spark.task.cpus and the GPU amounts");
      return lines;
    }
    int trialsInFlight = inFlight(slots);
    int runs = Math.min(slots, trialsInFlight * runsPerTrial);
    lines.add(
        "Expect %s at once, of %s in flight (%s a trial)"
            .formatted(
                count(runs, "run"), count(trialsInFlight, "trial"), count(runsPerTrial, "run")));
    if (runs < slots) {
      lines.add(
          "%d of %d places would stay empty: raise search.parallel or ask for fewer executors"
              .formatted(slots - runs, slots));
    } else if (slots < runsPerTrial) {
      lines.add(
          "A trial has more runs than there are places: with %d, its folds would train side by side"
              .formatted(runsPerTrial));
    }
    return lines;
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
