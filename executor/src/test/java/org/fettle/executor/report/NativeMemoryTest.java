package org.fettle.executor.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeMemoryTest {

  @ParameterizedTest
  @CsvSource({
    "yarn,1g,,128",
    "yarn,20g,,1792",
    "k8s://https://host:443,20g,,1792",
    "yarn,1g,2g,1792",
    "yarn,1g,100,128",
    "spark://host:7077,1g,2048,1792",
    "'local-cluster[2,1,1024]',1g,1g,768"
  })
  void isWhatTheClusterGivesBesideTheHeapLessTheJvms(
      String master, String heap, String overhead, long megabytes) {
    SparkConf conf =
        new SparkConf(false).set("spark.master", master).set("spark.executor.memory", heap);
    if (overhead != null) {
      conf.set("spark.executor.memoryOverhead", overhead);
    }
    assertThat(NativeMemory.bytes(conf)).isEqualTo(OptionalLong.of(megabytes << 20));
  }

  @Test
  void isNotLimitedWhereNobodyCountsIt() {
    assertThat(NativeMemory.bytes(new SparkConf(false).set("spark.master", "spark://host:7077")))
        .isEmpty();
    assertThat(
            NativeMemory.bytes(
                new SparkConf(false)
                    .set("spark.master", "local[4]")
                    .set("spark.executor.memoryOverhead", "1g")))
        .isEmpty();
  }
}
