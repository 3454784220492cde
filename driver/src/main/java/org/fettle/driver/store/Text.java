package org.fettle.driver.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Whole files of a Hadoop file system. */
final class Text {

  private Text() {}

  static String read(FileSystem files, Path path) throws IOException {
    try (InputStream in = files.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Writes under a temporary name and renames, so that a reader sees all of it or nothing. */
  static void write(FileSystem files, Path path, byte[] content) throws IOException {
    Path temporary = new Path(path.getParent(), "." + path.getName() + ".tmp");
    try (OutputStream out = files.create(temporary, true)) {
      out.write(content);
    }
    if (files.exists(path)) {
      files.delete(path, false);
    }
    if (!files.rename(temporary, path)) {
      throw new IOException("the file system refused to rename " + temporary);
    }
  }
}
