package org.fettle.optimizers.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A message of Protocol Buffers as it lies in a file: for each field its number and kind, then its
 * value. ONNX needs four kinds of the format, which are fewer lines than a library has files:
 * protobuf.dev/programming-guides/encoding.
 */
final class Message {

  private static final int VARINT = 0;
  private static final int LENGTH = 2;
  private static final int FOUR_BYTES = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Message integer(int field, long value) {
    varint(field << 3 | VARINT);
    varint(value);
    return this;
  }

  Message number(int field, float value) {
    varint(field << 3 | FOUR_BYTES);
    bytes.writeBytes(
        ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
    return this;
  }

  Message bytes(int field, byte[] value) {
    varint(field << 3 | LENGTH);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  Message text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Message message(int field, Message value) {
    return bytes(field, value.toBytes());
  }

  /** All fields of another, as if they had been put here. */
  Message fieldsOf(Message other) {
    bytes.writeBytes(other.toBytes());
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  /** Seven bits a byte, the least first; the eighth says that there are more. */
  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
