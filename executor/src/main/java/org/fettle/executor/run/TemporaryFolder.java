package org.fettle.executor.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A local folder that is gone, with all in it, when it is closed. */
final class TemporaryFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);

  private final Path path;

  TemporaryFolder() throws IOException {
    this.path = Files.createTempDirectory("fettle-model");
  }

  Path path() {
    return path;
  }

  /** The contents of all files, by their path within the folder, with slashes. */
  Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Path file : all(Comparator.naturalOrder())) {
      if (Files.isRegularFile(file)) {
        files.put(path.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return files;
  }

  @Override
  public void close() {
    try {
      for (Path each : all(Comparator.reverseOrder())) {
        Files.delete(each);
      }
    } catch (IOException e) {
      LOG.warn("Cannot remove temporary folder {}", path, e);
    }
  }

  private List<Path> all(Comparator<Path> order) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      return all.sorted(order).toList();
    }
  }
}
