package org.fettle.executor.checkpoint;

import static java.util.Objects.requireNonNull;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one run, a file each, on any Hadoop file system. A file begins with a line
 * that names the format and the SHA-256 of what follows; it is written under a temporary name and
 * renamed. Several executors may write at once, as where Spark believes one lost that is not: what
 * they write of a step is the same.
 */
final class CheckpointFolder {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);

  private static final byte[] FORMAT = "fettle checkpoint 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGEST = 32;
  private static final Pattern NAME = Pattern.compile("(\\d{9})\\.checkpoint");

  private final Path folder;
  private final Configuration hadoop;
  private final int keep;

  CheckpointFolder(String uri, Configuration hadoop, int keep) {
    this.folder = new Path(uri);
    this.hadoop = hadoop;
    this.keep = keep;
  }

  void write(Checkpoint checkpoint) throws IOException {
    FileSystem files = folder.getFileSystem(hadoop);
    byte[] content = checkpoint.progress().encoded();
    Path name = new Path(folder, "%09d.checkpoint".formatted(checkpoint.step()));
    Path temporary = new Path(folder, "." + name.getName() + "." + UUID.randomUUID());
    try (FSDataOutputStream out = files.create(temporary, true)) {
      out.write(FORMAT);
      out.write(digest(content));
      out.write(content);
    }
    if (!files.rename(temporary, name)) {
      files.delete(temporary, false);
      if (!files.exists(name)) {
        throw new IOException("Cannot rename " + temporary + " to " + name.getName());
      }
    }
    SortedMap<Integer, Path> all = all(files);
    for (int step : all.keySet().stream().limit(Math.max(0, all.size() - keep)).toList()) {
      files.delete(all.get(step), false);
    }
  }

  /** The latest good checkpoint of those before a step. Damaged ones are passed over. */
  Optional<Checkpoint> last(int before) throws IOException {
    FileSystem files = folder.getFileSystem(hadoop);
    SortedMap<Integer, Path> earlier = all(files).headMap(before);
    while (!earlier.isEmpty()) {
      int step = earlier.lastKey();
      Path file = requireNonNull(earlier.get(step));
      try {
        return Optional.of(new Checkpoint(step, read(files, file)));
      } catch (IOException e) {
        LOG.warn("Passing over checkpoint {}: {}", file, e.getMessage());
      }
      earlier = earlier.headMap(step);
    }
    return Optional.empty();
  }

  private static RunProgress read(FileSystem files, Path file) throws IOException {
    byte[] all;
    try (FSDataInputStream in = files.open(file)) {
      all = in.readAllBytes();
    }
    int start = FORMAT.length + DIGEST;
    if (all.length < start || !Arrays.equals(all, 0, FORMAT.length, FORMAT, 0, FORMAT.length)) {
      throw new IOException("It must begin with a line of its format, but does not");
    }
    byte[] content = Arrays.copyOfRange(all, start, all.length);
    if (!Arrays.equals(digest(content), Arrays.copyOfRange(all, FORMAT.length, start))) {
      throw new IOException("Its content must have the digest that it begins with, but has not");
    }
    return RunProgress.decoded(content);
  }

  private SortedMap<Integer, Path> all(FileSystem files) throws IOException {
    SortedMap<Integer, Path> all = new TreeMap<>();
    try {
      for (FileStatus status : files.listStatus(folder)) {
        Matcher matcher = NAME.matcher(status.getPath().getName());
        if (matcher.matches()) {
          all.put(Integer.parseInt(matcher.group(1)), status.getPath());
        }
      }
    } catch (FileNotFoundException e) {
      return all; // Nothing was written yet.
    }
    return all;
  }

  private static byte[] digest(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every Java platform has it
    }
  }
}
