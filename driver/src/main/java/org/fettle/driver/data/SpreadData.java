package org.fettle.driver.data;

import org.apache.spark.api.java.JavaRDD;
import org.fettle.executor.data.Chunk;

/**
 * Rows that stay on the executors.
 *
 * @param chunks kept there until closed
 * @param raw what they are made of, should an executor be lost
 */
public record SpreadData(JavaRDD<Chunk> chunks, JavaRDD<?> raw) implements AutoCloseable {

  @Override
  public void close() {
    chunks.unpersist();
    raw.unpersist();
  }
}
