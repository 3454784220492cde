package org.fettle.driver.report.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * An event file in memory: records of TensorFlow ({@code TFRecord}), each an {@code Event} message
 * between two masked CRC-32C sums. Tags, fields and masks as in {@code
 * tensorboard/compat/proto/event.proto}, {@code summary.proto} and {@code
 * tensorflow/core/lib/hash/crc32c.h}.
 */
final class EventFile {

  private static final int MASK = 0xa282ead8;

  private final ByteArrayOutputStream records = new ByteArrayOutputStream();

  EventFile(Instant begun) {
    record(new Message().real(1, seconds(begun)).text(3, "brain.Event:2"));
  }

  void scalar(Instant at, long step, String tag, double value) {
    summary(at, step, new Message().text(1, tag).single(2, (float) value));
  }

  /** A value that carries a plugin's data, and an empty tensor. */
  void plugin(Instant at, String tag, String plugin, byte[] content) {
    Message metadata = new Message().message(1, new Message().text(1, plugin).bytes(2, content));
    Message nothing = new Message().integer(1, 1).message(2, new Message());
    summary(at, 0, new Message().text(1, tag).message(9, metadata).message(8, nothing));
  }

  private void summary(Instant at, long step, Message value) {
    record(
        new Message()
            .real(1, seconds(at))
            .integer(2, step)
            .message(5, new Message().message(1, value)));
  }

  static double seconds(Instant at) {
    return at.getEpochSecond() + at.getNano() / 1e9;
  }

  private void record(Message event) {
    byte[] data = event.bytes();
    byte[] length = little(Long.BYTES).putLong(data.length).array();
    records.writeBytes(length);
    records.writeBytes(masked(length));
    records.writeBytes(data);
    records.writeBytes(masked(data));
  }

  private static byte[] masked(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    int sum = (int) crc.getValue();
    return little(Integer.BYTES).putInt(((sum >>> 15) | (sum << 17)) + MASK).array();
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  byte[] bytes() {
    return records.toByteArray();
  }
}
