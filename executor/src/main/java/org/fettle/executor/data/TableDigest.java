package org.fettle.executor.data;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** SHA-256 of a table. Every length is written before what it counts, so that nothing runs over. */
final class TableDigest {

  private TableDigest() {}

  static String of(Table table) {
    return Sha256.of(
        out -> {
          out.writeInt(table.columns().size());
          for (Column column : table.columns()) {
            write(column, out);
          }
          write(table.labels(), out);
          out.writeInt(table.rows());
          for (float target : table.targets()) {
            out.writeFloat(target);
          }
        });
  }

  private static void write(Column column, DataOutputStream out) throws IOException {
    write(column.name(), out);
    out.writeInt(column.rows());
    if (column instanceof Column.Numeric numeric) {
      out.writeByte('n');
      for (double value : numeric.values()) {
        out.writeDouble(value); // all NaN are written alike
      }
    } else if (column instanceof Column.Categorical categorical) {
      out.writeByte('c');
      write(List.of(categorical.categories()), out);
      for (int code : categorical.codes()) {
        out.writeInt(code);
      }
    } else if (column instanceof Column.Elsewhere elsewhere) {
      out.writeByte('e');
      write(elsewhere.digest(), out);
    } else {
      throw new AssertionError(column);
    }
  }

  private static void write(List<String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      write(text, out);
    }
  }

  private static void write(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
