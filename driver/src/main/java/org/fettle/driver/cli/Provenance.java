package org.fettle.driver.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fettle.driver.store.StoreException;
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
    checked.engine().ifPresent(engine -> provenance.put("engine", engine.describe()));
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("fettle", Version.fettle());
    versions.put("spark", checked.spark().version());
    versions.put("java", System.getProperty("java.version"));
    provenance.put("versions", versions);
    Map<String, Object> cluster = new LinkedHashMap<>();
    cluster.put("master", checked.spark().sparkContext().master());
    cluster.put("application", checked.spark().sparkContext().applicationId());
    cluster.put("cores", checked.spark().sparkContext().defaultParallelism());
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

  /**
   * Refuses to go on with a study whose rows would be divided otherwise.
   *
   * @param begun provenance of the study's beginning
   * @throws StoreException if the folds are not those that the study began with
   */
  static void requireSameFolds(Map<String, Object> begun, Folds folds) {
    Object digest = begun.get("folds") instanceof Map<?, ?> map ? map.get("digest") : null;
    if (!folds.digest().equals(digest)) {
      throw new StoreException(
          "Cannot go on: folds must have digest %s, as at the study's beginning, but had %s"
              .formatted(digest, folds.digest()));
    }
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
