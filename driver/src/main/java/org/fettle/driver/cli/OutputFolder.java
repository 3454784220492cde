package org.fettle.driver.cli;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.fettle.driver.store.StoreException;

/** A folder that Spark is to write. */
record OutputFolder(FileSystem files, Path path) {

  static OutputFolder at(String uri, SparkSession spark) {
    Path path = new Path(uri);
    try {
      return new OutputFolder(
          path.getFileSystem(
              JavaSparkContext.fromSparkContext(spark.sparkContext()).hadoopConfiguration()),
          path);
    } catch (IOException | IllegalArgumentException e) {
      throw new StoreException("Cannot reach " + uri + ": " + e.getMessage(), e);
    }
  }

  /** Refuses to write where something is that is to be read. */
  void requireApart(String other) {
    Path above = files.makeQualified(path);
    for (Path each = qualified(other); each != null; each = each.getParent()) {
      if (each.equals(above)) {
        throw new StoreException(
            "Cannot write %s: it is, or holds, %s, which is read; give another"
                .formatted(path, other));
      }
    }
  }

  private Path qualified(String uri) {
    Path other = new Path(uri);
    boolean elsewhere =
        other.toUri().getScheme() != null && !other.toUri().getScheme().equals(files.getScheme());
    return elsewhere ? other : files.makeQualified(other);
  }

  void requireAbsent() {
    try {
      if (files.exists(path)) {
        throw new StoreException(
            "Cannot write " + path + ": it is there already; give another, or --overwrite");
      }
    } catch (IOException e) {
      throw new StoreException("Cannot look at " + path + ": " + e.getMessage(), e);
    }
  }

  /** Removes what a failed job has left. */
  void discard() {
    try {
      files.delete(path, true);
    } catch (IOException e) {
      throw new StoreException("Cannot delete " + path + ": " + e.getMessage(), e);
    }
  }
}
