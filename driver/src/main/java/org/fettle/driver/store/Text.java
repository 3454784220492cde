package org.fettle.driver.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
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

  /**
   * Opens a file to be written, in the place of any that is there. It gets the file system's own
   * permissions: to be given some, the local one starts a process for each file.
   */
  static OutputStream create(FileSystem files, Path path) throws IOException {
    int buffer =
        files
            .getConf()
            .getInt(
                CommonConfigurationKeysPublic.IO_FILE_BUFFER_SIZE_KEY,
                CommonConfigurationKeysPublic.IO_FILE_BUFFER_SIZE_DEFAULT);
    return files.create(
        path,
        null,
        true,
        buffer,
        files.getDefaultReplication(path),
        files.getDefaultBlockSize(path),
        null);
  }

  /** Writes under a temporary name and renames, so that a reader sees all of it or nothing. */
  static void write(FileSystem files, Path path, byte[] content) throws IOException {
    Path temporary = new Path(path.getParent(), "." + path.getName() + ".tmp");
    try (OutputStream out = create(files, temporary)) {
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
