package org.fettle.driver.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Opens Spark as the command line asked for it. */
public final class Sessions {

  private Sessions() {}

  /** A session on the master that spark-submit was given, or else embedded on all cores. */
  public static SparkSession open(String name) {
    SparkConf conf = new SparkConf();
    return open(name, conf.get("spark.master", "local[*]"));
  }

  /** A session in this process, whatever the master. */
  public static SparkSession openHere(String name) {
    return open(name, "local[1]");
  }

  private static SparkSession open(String name, String master) {
    return SparkSession.builder()
        .master(master)
        .appName(name)
        // One pool a study, served in turn, so that studies in one application share the cluster.
        .config("spark.scheduler.mode", "FAIR")
        // A trial would otherwise wait for an executor that has its bytes, which are few.
        .config("spark.locality.wait", "0s")
        // A second copy of a slow fold costs a slot, and cannot make the fold faster.
        .config("spark.speculation", "false")
        .getOrCreate();
  }
}
