package org.fettle.driver.submit;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where results go, and how data of this machine gets to where all machines can read it.
 *
 * @param output the folder of studies, with its scheme
 * @param source where the data lies, with its scheme; empty for a user's objective
 */
public record Staging(Configuration hadoop, Path output, Optional<Path> source) {

  private static final String DATA = "_data";
  private static final int DIGITS = 16;

  /**
   * Resolves both on the file systems that this machine is configured for.
   *
   * @throws IOException if there is no such file system
   */
  public static Staging of(String output, Optional<String> source, Configuration hadoop)
      throws IOException {
    Path folder = new Path(output);
    Optional<Path> data = Optional.empty();
    if (source.isPresent()) {
      Path path = new Path(source.get());
      data = Optional.of(path.getFileSystem(hadoop).makeQualified(path));
    }
    return new Staging(hadoop, folder.getFileSystem(hadoop).makeQualified(folder), data);
  }

  private static boolean isLocal(Path path) {
    return "file".equals(path.toUri().getScheme());
  }

  /** Whether results would go to a file system that only this machine may have. */
  public boolean outputIsLocal() {
    return isLocal(output);
  }

  /** Whether the cluster must find the data where this machine has it. */
  public boolean dataMustBeMounted() {
    return source.map(Staging::isLocal).orElse(false) && outputIsLocal();
  }

  /**
   * Where a copy of the data goes, if it needs one: a name made of its content, so that it is
   * copied once and never replaced.
   */
  public Optional<Path> copy(String digest) {
    return source
        .filter(path -> isLocal(path) && !outputIsLocal())
        .map(
            path ->
                new Path(
                    new Path(new Path(output, DATA), digest.substring(0, DIGITS)), path.getName()));
  }

  /**
   * Copies the data, unless it is there.
   *
   * @throws IOException if it cannot be copied
   */
  public void ship(Path copy) throws IOException {
    FileSystem files = copy.getFileSystem(hadoop);
    if (files.exists(copy)) {
      return;
    }
    Path partial = new Path(copy.getParent(), "." + copy.getName() + ".partial");
    files.delete(partial, true);
    files.mkdirs(partial.getParent());
    files.copyFromLocalFile(source.orElseThrow(), partial);
    if (!files.rename(partial, copy)) {
      throw new IOException("Cannot rename " + partial + " to " + copy);
    }
  }
}
