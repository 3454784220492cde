package org.fettle.driver.data;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import org.fettle.executor.data.Cells;
import org.jspecify.annotations.Nullable;

/** What chunks say of a column; facts of neighbouring chunks add up in their order. */
final class ColumnFacts implements Serializable {

  private static final long serialVersionUID = 1;

  /** More different texts than this are refused, unless they are numbers. */
  private static final int MOST = ColumnChecks.MAX_CATEGORIES + 1;

  private final LinkedHashSet<String> texts = new LinkedHashSet<>();
  private boolean text;
  private boolean textOnly = true;
  private boolean numbers = true;
  private int missing;
  private int firstMissing = -1;
  private int rows;
  private int firstTooLarge = -1;
  private double tooLarge;
  private String digest = "";

  static ColumnFacts of(RawChunk chunk, int column) {
    ColumnFacts facts = new ColumnFacts();
    facts.rows = chunk.rows();
    facts.textOnly = chunk.textOnly[column];
    MessageDigest sha = sha256();
    if (chunk.columns[column] instanceof double[] values) {
      ByteBuffer number = ByteBuffer.allocate(Double.BYTES);
      for (int row = 0; row < values.length; row++) {
        facts.add(row, Double.isNaN(values[row]), values[row]);
        sha.update(number.clear().putDouble(values[row]).flip());
      }
    } else {
      String[] cells = (String[]) chunk.columns[column];
      facts.text = true;
      for (int row = 0; row < cells.length; row++) {
        facts.add(row, cells[row]);
        byte[] bytes = String.valueOf(cells[row]).getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha.update(bytes);
      }
    }
    facts.digest = HexFormat.of().formatHex(sha.digest());
    return facts;
  }

  private void add(int row, @Nullable String cell) {
    boolean number = cell != null && Cells.isNumber(cell);
    if (cell != null) {
      numbers &= number;
      if (texts.size() < MOST) {
        texts.add(cell);
      }
    }
    add(row, cell == null, number && textOnly ? Double.parseDouble(cell) : 0);
  }

  private void add(int row, boolean isMissing, double value) {
    if (isMissing) {
      firstMissing = missing++ == 0 ? row : firstMissing;
    } else if (Float.isInfinite((float) value) && firstTooLarge < 0) {
      firstTooLarge = row;
      tooLarge = value;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JVM has SHA-256", e);
    }
  }

  /** Takes in what the next chunk says. */
  void add(ColumnFacts next) {
    text = next.text;
    textOnly &= next.textOnly;
    numbers &= next.numbers;
    for (String each : next.texts) {
      if (texts.size() < MOST) {
        texts.add(each);
      }
    }
    firstMissing = firstMissing < 0 && next.missing > 0 ? rows + next.firstMissing : firstMissing;
    missing += next.missing;
    if (firstTooLarge < 0 && next.firstTooLarge >= 0) {
      firstTooLarge = rows + next.firstTooLarge;
      tooLarge = next.tooLarge;
    }
    rows += next.rows;
    MessageDigest sha = sha256();
    sha.update((digest + next.digest).getBytes(StandardCharsets.US_ASCII));
    digest = HexFormat.of().formatHex(sha.digest());
  }

  /** Whether its values are numbers, be they written as text. */
  boolean isNumbers() {
    return !text || (textOnly && numbers && !texts.isEmpty());
  }

  /** The different texts in the order seen, or the first ones of very many. */
  Set<String> texts() {
    return texts;
  }

  int missing() {
    return missing;
  }

  /** From 0; -1 where none is. */
  int firstMissing() {
    return firstMissing;
  }

  int rows() {
    return rows;
  }

  /** From 0; -1 where there is none. Of numbers alone. */
  int firstTooLarge() {
    return isNumbers() ? firstTooLarge : -1;
  }

  double tooLarge() {
    return tooLarge;
  }

  String digest() {
    return digest;
  }
}
