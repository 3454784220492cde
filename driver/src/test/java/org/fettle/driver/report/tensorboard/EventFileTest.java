package org.fettle.driver.report.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EventFileTest {

  private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void writesFieldsAsProtocolBuffersDo() {
    assertThat(hex(new Message().integer(1, 150).bytes())).isEqualTo("089601");
    assertThat(hex(new Message().text(2, "testing").bytes())).isEqualTo("120774657374696e67");
    assertThat(hex(new Message().message(3, new Message().integer(1, 150)).bytes()))
        .isEqualTo("1a03089601");
    assertThat(hex(new Message().integer(1, -1).bytes())).isEqualTo("08ffffffffffffffffff01");
    assertThat(hex(new Message().single(2, 1).real(1, 1).bytes()))
        .isEqualTo("150000803f09000000000000f03f");
  }

  /** As TensorBoard 2.21's own EventFileWriter writes it. */
  @Test
  void writesTheBytesThatTensorBoardWrites() {
    EventFile file = new EventFile(BEGIN);
    file.scalar(BEGIN.plusMillis(1500), 7, "accuracy", 0.75);

    assertThat(hex(file.bytes()))
        .isEqualTo(
            "1800000000000000a37f4b220900000048afc0da411a0d627261696e2e4576656e743a"
                + "32bbf312b71e00000000000000d9dc12320900006048afc0da4110072a110a0f0a0861"
                + "63637572616379150000403ff57d5f9f");
  }
}
