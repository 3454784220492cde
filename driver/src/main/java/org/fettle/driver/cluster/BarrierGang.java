package org.fettle.driver.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.BarrierTaskInfo;
import org.fettle.executor.report.TuningPlugin;
import org.fettle.optimizers.engine.Gang;
import org.fettle.optimizers.engine.GangBrokenException;

/** The tasks of a barrier stage, as one of them sees the others. */
final class BarrierGang implements Gang {

  /** All tasks have been started together; what one may have to wait for is its rows. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration POLL = Duration.ofMillis(10);

  private final BarrierTaskContext task;
  private int meetings;

  BarrierGang(BarrierTaskContext task) {
    this.task = task;
  }

  @Override
  public int rank() {
    return task.partitionId();
  }

  @Override
  public List<String> hosts() {
    return Arrays.stream(task.getTaskInfos())
        .map(BarrierTaskInfo::address)
        .map(BarrierGang::host)
        .toList();
  }

  /** An address has the executor's port, which is not ours, and an IPv6 one brackets. */
  private static String host(String address) {
    return address.replaceFirst(":\\d+$", "").replaceAll("[\\[\\]]", "");
  }

  /** By way of the driver: {@code allGather} of Spark does no more, and takes a second for it. */
  @Override
  public List<String> gather(String word) {
    int size = task.getTaskInfos().length;
    String meeting = "%d/%d/%d".formatted(task.stageId(), task.stageAttemptNumber(), meetings++);
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE.toNanos()) {
      Optional<List<String>> words = TuningPlugin.meet(meeting, rank(), size, word);
      if (words.isEmpty()) {
        return List.of(task.allGather(word));
      }
      if (words.get().size() == size) {
        return words.get();
      }
      LockSupport.parkNanos(POLL.toNanos());
      task.killTaskIfInterrupted();
    }
    throw new GangBrokenException(
        "Another worker was lost: it did not come within " + PATIENCE.toMinutes() + " minutes");
  }
}
