package org.fettle.driver.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.fettle.driver.job.Catalog;
import org.fettle.driver.job.DataSpec;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobParser;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.predict.SparkModel;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyFolder;
import org.fettle.executor.model.ModelFiles;
import org.fettle.executor.model.OnnxExport;

/**
 * A study's final model, and how the data that it was trained on were written.
 *
 * @param data empty where the model lies by itself, outside of its study
 */
record StudyModel(SparkModel model, Optional<DataSpec> data) {

  private static final DataSpec.Csv COMMAS = new DataSpec.Csv(true, ',', '"');

  /**
   * Loads the model of a study.
   *
   * @param uri of its folder, of its {@code result.json}, or of the folder of a model
   * @throws StoreException if there is none, saying why
   */
  static StudyModel at(String uri, SparkSession spark) {
    Configuration hadoop =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).hadoopConfiguration();
    StudyFolder folder = folder(uri, hadoop);
    try {
      return new StudyModel(SparkModel.load(spark, folder.uri()), data(folder));
    } catch (IOException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The model of a study as a file of ONNX.
   *
   * @throws StoreException if there is none, or it cannot be written so
   */
  static byte[] onnx(String uri) {
    Configuration hadoop = new Configuration();
    try {
      return OnnxExport.of(ModelFiles.anywhere(folder(uri, hadoop).uri(), hadoop));
    } catch (IOException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
  }

  private static StudyFolder folder(String uri, Configuration hadoop) {
    StudyFolder folder = StudyFolder.at(uri.replaceFirst("/result\\.json$", ""), hadoop);
    if (folder.holdsStudy()) {
      requireModel(folder);
    }
    return folder;
  }

  private static void requireModel(StudyFolder folder) {
    if (folder.exists(StudyFolder.MODEL + "/schema.json")) {
      return;
    }
    String reason =
        folder.exists(StudyFolder.RESULT)
            ? "it ended without a trial to refit, its refit failed, or it tunes code of its own"
            : "it is running, or was cut off; see it with: fettle show " + folder.uri();
    throw new StoreException(
        "Cannot use the model of %s: there is none, as %s".formatted(folder.uri(), reason));
  }

  private static Optional<DataSpec> data(StudyFolder folder) {
    if (!folder.exists(StudyFolder.STUDY)
        || !(folder.readJson(StudyFolder.STUDY).get("job") instanceof Map<?, ?> job)) {
      return Optional.empty();
    }
    @SuppressWarnings("unchecked") // keys of JSON are text
    Map<String, ?> fields = (Map<String, ?>) job;
    return new JobParser(Catalog.onClassPath())
        .parse(fields, folder.uri(), Path.of(""), List.of())
        .job()
        .map(JobSpec::evaluation)
        .filter(Evaluation.Network.class::isInstance)
        .map(evaluation -> ((Evaluation.Network) evaluation).data());
  }

  /** How CSV is divided: as the study's own was, or else by commas. */
  DataSpec.Csv csv() {
    return data.flatMap(DataSpec::csv).orElse(COMMAS);
  }
}
