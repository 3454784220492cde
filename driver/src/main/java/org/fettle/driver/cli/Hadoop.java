package org.fettle.driver.cli;

import java.util.Map;

/** How a command that starts no Spark of the user's reaches the user's file systems. */
final class Hadoop {

  private static final String PREFIX = "spark.hadoop.";

  private Hadoop() {}

  /** Gives Spark's settings of file systems to the sessions that this process opens. */
  static void useSettings(Map<String, String> settings) {
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            System.setProperty(key, value);
          }
        });
  }
}
