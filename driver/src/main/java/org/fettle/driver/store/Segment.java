package org.fettle.driver.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * A segment's content: a first line that says what follows, and a line for each event.
 *
 * <p>The first line is {@code
 * {"segment":2,"first":103,"events":2,"epoch":3,"bytes":345,"crc32c":"0a1b2c3d"}}: the format, the
 * first event's place in the journal, how many there are, who wrote them, the bytes that follow the
 * line, and a checksum of all bytes of the file but the checksum itself.
 *
 * @param body the events' lines, each with its line feed
 */
record Segment(long first, int events, int epoch, ByteBuffer body) {

  /** Version of what is written. A reader refuses a greater one. */
  static final int FORMAT = 2;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUM = ",\"crc32c\":\"";
  private static final int SUM_DIGITS = 8;
  private static final String TAIL = "\"}\n";

  /** The file is not what was written. */
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1;

    DamagedException(String message) {
      super(message);
    }
  }

  /** The format is one of a later Fettle. */
  static final class NewerException extends Exception {
    private static final long serialVersionUID = 1;

    NewerException(int format) {
      super("its format is %d, and this Fettle knows up to %d".formatted(format, FORMAT));
    }
  }

  static Segment of(long first, int epoch, List<JournalEvent> events) {
    EventJson json = new EventJson();
    String lines = events.stream().map(json::write).collect(Collectors.joining("\n", "", "\n"));
    ByteBuffer body = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
    return new Segment(first, events.size(), epoch, body);
  }

  SegmentName name() {
    return SegmentName.of(first, epoch);
  }

  long end() {
    return first + events;
  }

  /** The whole file. */
  byte[] bytes() {
    String begin =
        "{\"segment\":%d,\"first\":%d,\"events\":%d,\"epoch\":%d,\"bytes\":%d"
            .formatted(FORMAT, first, events, epoch, body.remaining());
    byte[] head = begin.getBytes(StandardCharsets.US_ASCII);
    String sum = SUM + sum(ByteBuffer.wrap(head), body) + TAIL;
    byte[] end = sum.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file = ByteBuffer.allocate(head.length + end.length + body.remaining());
    file.put(head).put(end).put(body.duplicate());
    return file.array();
  }

  private static String sum(ByteBuffer head, ByteBuffer body) {
    CRC32C sum = new CRC32C();
    sum.update(head.duplicate());
    sum.update(body.duplicate());
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /**
   * Reads a file.
   *
   * @param name what it is called
   */
  static Segment read(SegmentName name, byte[] file) throws DamagedException, NewerException {
    int line = 0;
    while (line < file.length && file[line] != '\n') {
      line++;
    }
    if (line == file.length) {
      throw new DamagedException(
          file.length == 0 ? "it is empty" : "it ends within its first line");
    }
    String head = new String(file, 0, line, StandardCharsets.UTF_8);
    JsonNode json = json(head);
    int format = json.path("segment").asInt();
    if (format > FORMAT) {
      throw new NewerException(format);
    }
    ByteBuffer body = ByteBuffer.wrap(file, line + 1, file.length - line - 1).slice();
    long bytes = json.path("bytes").asLong(-1);
    if (bytes != body.remaining()) {
      throw new DamagedException(
          "it must have %d bytes behind its first line, but has %d"
              .formatted(bytes, body.remaining()));
    }
    int begin = head.lastIndexOf(SUM);
    String sum = json.path("crc32c").asText();
    if (begin < 0
        || head.length() != begin + SUM.length() + SUM_DIGITS + TAIL.length() - 1
        || !sum.equals(sum(ByteBuffer.wrap(file, 0, begin).slice(), body))) {
      throw new DamagedException("its checksum is wrong");
    }
    Segment segment =
        new Segment(
            json.path("first").asLong(),
            json.path("events").asInt(),
            json.path("epoch").asInt(),
            body);
    boolean fits =
        segment.first == name.first()
            && segment.epoch == name.epoch()
            && (!name.isMerged() || segment.end() == name.end());
    if (!fits) {
      throw new DamagedException("it is another segment's content: " + head);
    }
    return segment;
  }

  private static JsonNode json(String head) throws DamagedException {
    try {
      JsonNode json = JSON.readTree(head);
      if (json.path("segment").isInt()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // Said below.
    }
    throw new DamagedException("its first line is not a segment's");
  }
}
