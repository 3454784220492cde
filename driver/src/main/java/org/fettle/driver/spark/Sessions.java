package org.fettle.driver.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.fettle.executor.report.TuningPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens Spark as the command line asked for it. */
public final class Sessions {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private static final String NEVER = "1000000";

  /** GPUs of a task; nothing is scheduled where Spark has none to give. */
  public static final String GPUS_OF_A_TASK = "spark.task.resource.gpu.amount";

  private Sessions() {}

  /** A session on the master that spark-submit was given, or else embedded on all cores. */
  public static SparkSession open(String name) {
    return open(name, new SparkConf().setIfMissing("spark.master", "local[*]"));
  }

  /** A session in this process, whatever the master. */
  public static SparkSession openHere(String name) {
    return open(name, new SparkConf().setMaster("local[1]"));
  }

  /** Whether this process is YARN's application master, with the driver in it. */
  public static boolean isDriverOfYarn() {
    // Where Spark's settings are. Spark itself would look for this machine's address first, which
    // a command that needs no Spark must not fail on.
    return "yarn".equals(System.getProperty("spark.master"))
        && "cluster".equals(System.getProperty("spark.submit.deployMode"));
  }

  /** Spark gives GPUs out on clusters alone, and would let every task of this session wait. */
  private static void leaveOutGpus(SparkConf conf) {
    String master = conf.get("spark.master");
    if (conf.contains(GPUS_OF_A_TASK)
        && master.startsWith("local")
        && !master.startsWith("local-cluster")) {
      LOG.warn("Spark assigns no GPUs on master {}: {} is left out", master, GPUS_OF_A_TASK);
      conf.remove(GPUS_OF_A_TASK);
      // The session reads the properties of spark-submit once more.
      System.clearProperty(GPUS_OF_A_TASK);
    }
  }

  private static SparkSession open(String name, SparkConf conf) {
    leaveOutGpus(conf);
    String plugins = conf.get("spark.plugins", "");
    String ours = TuningPlugin.class.getName();
    conf.setAppName(name)
        .set("spark.plugins", plugins.isEmpty() ? ours : plugins + "," + ours)
        // Pools, so that trials are served in order and other jobs of the application beside them.
        .setIfMissing("spark.scheduler.mode", "FAIR")
        // A run needs a core, not a place: its data is on every executor.
        .setIfMissing("spark.locality.wait", "0s")
        // A gang whose executor was lost waits for the next one: Spark looks for it so often.
        .setIfMissing("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s")
        // A second copy of a slow fold costs a slot, and cannot make the fold faster.
        .setIfMissing("spark.speculation", "false");
    if (conf.get("spark.serializer", "").endsWith(".KryoSerializer")) {
      // Else ND4J's arrays, which cross with `placement: cluster`, arrive without their numbers.
      conf.setIfMissing("spark.kryo.registrator", "org.nd4j.kryo.Nd4jRegistrator");
    }
    int attempts = conf.getInt("spark.task.maxFailures", 4);
    if (attempts > 1) {
      // For SparkRemedy alone: Spark's own rules for tasks and stages would leave a failing read of
      // data on few executors without a place to run, and without its reason.
      conf.setIfMissing("spark.excludeOnFailure.enabled", "true")
          .setIfMissing(
              "spark.excludeOnFailure.task.maxTaskAttemptsPerExecutor", "" + (attempts - 1))
          .setIfMissing("spark.excludeOnFailure.task.maxTaskAttemptsPerNode", "" + (attempts - 1))
          .setIfMissing("spark.excludeOnFailure.stage.maxFailedTasksPerExecutor", NEVER)
          .setIfMissing("spark.excludeOnFailure.stage.maxFailedExecutorsPerNode", NEVER);
    }
    return SparkSession.builder().config(conf).getOrCreate();
  }
}
