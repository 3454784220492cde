package org.fettle.driver.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.store.Secrets;
import org.fettle.executor.data.Folds;
import org.fettle.executor.data.Table;

/** Where a study came from: digests, versions and the cluster's shape. */
final class Provenance {

  private Provenance() {}

  static Map<String, Object> of(CheckedJob checked) {
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("jobDigest", checked.job().digest());
    checked.data().ifPresent(data -> provenance.put("data", data(data.table())));
    checked.data().ifPresent(data -> provenance.put("folds", folds(data.folds())));
    if (checked.job().evaluation() instanceof Evaluation.Network network) {
      network
          .modelFileDigest()
          .ifPresent(digest -> provenance.put("modelFile", Map.of("digest", digest)));
    }
    if (!checked.earlier().isEmpty()) {
      provenance.put("warmStart", EarlierStudies.provenance(checked.earlier(), checked.job()));
    }
    checked.engine().ifPresent(engine -> provenance.put("engine", engine.describe()));
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("fettle", Version.fettle());
    versions.put("spark", checked.spark().version());
    versions.put("java", System.getProperty("java.version"));
    provenance.put("versions", versions);
    Map<String, Object> cluster = new LinkedHashMap<>();
    cluster.put("master", Secrets.masked(checked.spark().sparkContext().master()));
    cluster.put("application", checked.spark().sparkContext().applicationId());
    cluster.put("cores", checked.spark().sparkContext().defaultParallelism());
    // Of the context: SQL's settings read all its error messages where one is not there.
    checked
        .spark()
        .sparkContext()
        .getConf()
        .getOption("spark.task.resource.gpu.amount")
        .foreach(amount -> cluster.put("gpusPerRun", amount));
    provenance.put("cluster", cluster);
    return provenance;
  }

  private static Map<String, Object> folds(Folds folds) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("digest", folds.digest());
    described.put("runs", folds.count());
    described.put("testRows", folds.test().length);
    return described;
  }

  private static Map<String, Object> data(Table table) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("digest", table.digest());
    data.put("rows", table.rows());
    data.put("columns", table.columns().size());
    data.put("classes", table.labels());
    return data;
  }
}
