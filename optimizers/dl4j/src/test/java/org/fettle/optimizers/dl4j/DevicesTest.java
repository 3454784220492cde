package org.fettle.optimizers.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevicesTest {

  private final List<Integer> attached = new ArrayList<>();

  @Test
  void eachReplicaHasItsGpuAndSharesItWhereThereAreFewer() {
    Devices devices = new Devices(List.of("3", "1"), attached::add);
    for (int replica = 0; replica < 3; replica++) {
      devices.attach(replica);
    }
    assertThat(attached).containsExactly(3, 1, 3);
  }

  @Test
  void withoutGpusNothingIsAttached() {
    new Devices(List.of(), attached::add).attach(0);
    assertThat(attached).isEmpty();
    assertThat(Devices.areThere()).as("ND4J on a GPU, in these tests").isFalse();
    Devices.of(List.of("MIG-1", "7")).attach(0);
  }

  @Test
  void takesNumbersAlone() {
    assertThatThrownBy(() -> new Devices(List.of("0", "MIG-1f"), attached::add))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Address of a GPU must be its number, as CUDA counts, but was MIG-1f");
  }
}
