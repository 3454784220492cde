package org.fettle.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsTest {

  @ParameterizedTest
  @CsvSource({
    "0,1,10,1", // none yet: one run makes Spark ask for the first executor
    "4,4,10,8",
    "32,4,10,40",
    "40,4,10,40",
    "48,4,10,48",
    "1000000,16,2147483647,2000000"
  })
  void dynamicAllocationIsAskedForTwiceWhatThereIsUpToWhatThereMayBe(
      int usable, int each, int most, int wanted) {
    assertThat(Slots.wanted(usable, each, most)).isEqualTo(wanted);
  }
}
