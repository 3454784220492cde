package org.fettle.driver.store;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Files with the semantics of S3A: an object is there when its stream is closed, also in the place
 * of another that came meanwhile; a rename copies and deletes; a listing may lag behind. It can be
 * told to break.
 */
public final class ObjectStore extends RawLocalFileSystem {

  static final URI ROOT = URI.create("object:///");

  /** What the next creations of files throw. */
  final Deque<IOException> failures = new ArrayDeque<>();

  /** Names that a listing does not have yet. */
  final Set<String> unlisted = ConcurrentHashMap.newKeySet();

  /** What happens before each rename. */
  Runnable beforeRename = () -> {};

  /** What happens before a created file is there. */
  Runnable beforePut = () -> {};

  @Override
  public URI getUri() {
    return ROOT;
  }

  @Override
  public String getScheme() {
    return "object";
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    IOException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
    if (!overwrite && exists(path)) {
      throw new FileAlreadyExistsException(path + " exists");
    }
    ByteArrayOutputStream content =
        new ByteArrayOutputStream() {
          @Override
          public void close() throws IOException {
            beforePut.run();
            put(path, toByteArray());
          }
        };
    return new FSDataOutputStream(content, null);
  }

  private void put(Path path, byte[] content) throws IOException {
    java.nio.file.Path file = pathToFile(path).toPath();
    java.nio.file.Path whole = Files.createTempFile("object", "");
    Files.write(whole, content);
    Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    beforeRename.run();
    if (!exists(from)) {
      throw new FileNotFoundException(from + " is not there");
    }
    if (exists(to)) {
      return false;
    }
    put(to, Files.readAllBytes(pathToFile(from).toPath()));
    return delete(from, false);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return Arrays.stream(super.listStatus(path))
        .filter(file -> !unlisted.contains(file.getPath().getName()))
        .toArray(FileStatus[]::new);
  }
}
