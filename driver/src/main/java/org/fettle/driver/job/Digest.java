package org.fettle.driver.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The digest of plain data: of its JSON in one line, with keys in their order and strings escaped
 * where JSON demands it.
 */
final class Digest {

  private Digest() {}

  static String of(Object data) {
    try {
      byte[] text = json(data).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("Every JDK has SHA-256", impossible);
    }
  }

  static String json(Object data) {
    if (data instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> json(String.valueOf(entry.getKey())) + ":" + json(entry.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (data instanceof Collection<?> values) {
      return values.stream().map(Digest::json).collect(Collectors.joining(",", "[", "]"));
    }
    return data instanceof String text ? quoted(text) : String.valueOf(data);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '"' || character == '\\') {
        quoted.append('\\').append(character);
      } else if (character < ' ') {
        quoted.append("\\u%04x".formatted((int) character));
      } else {
        quoted.append(character);
      }
    }
    return quoted.append('"').toString();
  }
}
