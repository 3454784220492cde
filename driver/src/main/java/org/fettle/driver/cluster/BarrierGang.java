package org.fettle.driver.cluster;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.BarrierTaskInfo;
import org.fettle.optimizers.engine.Gang;

/** The tasks of a barrier stage, as one of them sees the others. */
record BarrierGang(BarrierTaskContext task) implements Gang {

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

  @Override
  public List<String> gather(String word) {
    return List.of(task.allGather(word));
  }
}
