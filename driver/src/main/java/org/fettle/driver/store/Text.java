package org.fettle.driver.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** Whole files of a Hadoop file system. */
final class Text {

  private Text() {}

  static String read(FileSystem files, Path path) throws IOException {
    return new String(readBytes(files, path), StandardCharsets.UTF_8);
  }

  static byte[] readBytes(FileSystem files, Path path) throws IOException {
    try (InputStream in = files.open(path)) {
      return in.readAllBytes();
    }
  }

  /**
   * Opens a file to be written, in the place of any that is there. It gets the file system's own
   * permissions: to be given some, the local one starts a process for each file.
   */
  static OutputStream create(FileSystem files, Path path) throws IOException {
    return open(files, path, true);
  }

  /**
   * Opens a file that is not there yet.
   *
   * @throws org.apache.hadoop.fs.FileAlreadyExistsException if it is
   */
  static OutputStream createNew(FileSystem files, Path path) throws IOException {
    return open(files, path, false);
  }

  private static OutputStream open(FileSystem files, Path path, boolean overwrite)
      throws IOException {
    int buffer =
        files
            .getConf()
            .getInt(
                CommonConfigurationKeysPublic.IO_FILE_BUFFER_SIZE_KEY,
                CommonConfigurationKeysPublic.IO_FILE_BUFFER_SIZE_DEFAULT);
    return files.create(
        path,
        null,
        overwrite,
        buffer,
        files.getDefaultReplication(path),
        files.getDefaultBlockSize(path),
        null);
  }

  /** Writes under a temporary name and renames, so that a reader sees all of it or nothing. */
  static void write(FileSystem files, Path path, byte[] content) throws IOException {
    Path temporary = temporary(path);
    try (OutputStream out = create(files, temporary)) {
      out.write(content);
    }
    if ("hdfs".equals(path.toUri().getScheme()) && files.exists(path)) {
      // One step there; elsewhere there is a moment without the file.
      FileContext.getFileContext(path.toUri(), files.getConf())
          .rename(temporary, path, Options.Rename.OVERWRITE);
      return;
    }
    if (files.exists(path)) {
      files.delete(path, false);
    }
    if (!files.rename(temporary, path)) {
      throw new IOException("the file system refused to rename " + temporary);
    }
  }

  static Path temporary(Path path) {
    return new Path(path.getParent(), "." + path.getName() + ".tmp");
  }

  /**
   * Writes a file whose name nobody else writes, whole or not at all. If it is there already, an
   * earlier try has written it, though its success was not heard of.
   */
  static void commit(FileSystem files, Path path, byte[] content, Patience.Action beforeRename)
      throws IOException {
    Path temporary = temporary(path);
    try (OutputStream out = create(files, temporary)) {
      out.write(content);
    }
    beforeRename.run();
    boolean renamed = !files.exists(path) && files.rename(temporary, path);
    if (!renamed) {
      if (!files.exists(path) || !Arrays.equals(readBytes(files, path), content)) {
        throw new IOException("the file system refused to rename " + temporary);
      }
      files.delete(temporary, false);
    }
  }
}
