package org.fettle.driver.spark;

import org.apache.spark.sql.SparkSession;
import org.fettle.executor.report.TuningPlugin;

/** One Spark for the tests of this JVM, until someone stops it. */
public final class TestSpark {

  private TestSpark() {}

  /** The session, on one core. */
  public static SparkSession session() {
    return SparkSession.builder()
        .master("local[1]")
        .appName("tests")
        .config("spark.ui.enabled", "false")
        .config("spark.plugins", TuningPlugin.class.getName())
        .config("spark.excludeOnFailure.enabled", "true")
        .config("spark.driver.host", "localhost")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate();
  }

  /** Stops the session, so that another can be opened. */
  public static void stop() {
    session().stop();
  }
}
