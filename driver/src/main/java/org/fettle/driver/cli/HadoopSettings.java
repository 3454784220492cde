package org.fettle.driver.cli;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Hadoop's configuration as Spark has it, without Spark. */
final class HadoopSettings {

  private static final String PREFIX = "spark.hadoop.";

  private HadoopSettings() {}

  /** That of the class path, with what {@code --conf spark.hadoop.…} says. */
  static Configuration ofProcess() {
    Configuration hadoop = new Configuration();
    System.getProperties()
        .forEach(
            (name, value) -> {
              if (name.toString().startsWith(PREFIX)) {
                hadoop.set(name.toString().substring(PREFIX.length()), value.toString());
              }
            });
    return hadoop;
  }

  /** Gives what settings of Spark say of Hadoop to all of this process. */
  static void use(Map<String, String> settings) {
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            System.setProperty(key, value);
          }
        });
  }
}
