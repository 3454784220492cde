package org.fettle.executor.data;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in hexadecimal of what is written. */
final class Sha256 {

  /** Writes what is digested. */
  interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  private Sha256() {}

  static String of(Content content) {
    MessageDigest sha = sha256();
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(
                new DigestOutputStream(OutputStream.nullOutputStream(), sha)))) {
      content.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot digest: " + e.getMessage(), e);
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JVM has SHA-256", e);
    }
  }
}
