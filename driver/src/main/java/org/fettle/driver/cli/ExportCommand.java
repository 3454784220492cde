package org.fettle.driver.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.fettle.driver.report.Curves;
import org.fettle.driver.report.TrialCsv;
import org.fettle.driver.report.TrialRows;
import org.fettle.driver.report.TrialTable;
import org.fettle.driver.report.optuna.OptunaJournal;
import org.fettle.driver.spark.Sessions;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.study.Replay;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fettle export}. */
@Command(
    name = "export",
    description = {
      "Writes a study's trials as a table, one row each, or as a journal of Optuna; or its final"
          + " model as ONNX.",
      "",
      "An optuna-journal is what JournalStorage(JournalFileBackend(FILE)) of Optuna 4 loads."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  fettle export studies/iris --format csv > trials.csv",
      "  fettle export studies/iris --format csv --curves > curves.csv",
      "  fettle export studies/iris --format parquet --to hdfs:///tables/iris",
      "  fettle export studies/iris --format optuna-journal --to iris.log",
      "  fettle export studies/iris --format onnx --to iris.onnx"
    })
final class ExportCommand implements Callable<Integer> {

  /** Named as on the command line. */
  private enum Format {
    csv,
    json,
    parquet,
    onnx,
    optuna_journal;

    @Override
    public String toString() {
      return name().replace('_', '-');
    }
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "STUDY_URI", description = "the study's folder, <output>/<study>")
  @SuppressWarnings("NullAway.Init")
  private String uri;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}")
  @SuppressWarnings("NullAway.Init")
  private Format format;

  @Option(
      names = "--to",
      paramLabel = "URI",
      description = "a file, or for parquet a folder; standard output by default")
  private @Nullable String to;

  @Option(
      names = "--curves",
      description = "losses and metrics by fold and step, in place of the trials; for csv")
  private boolean curves;

  @Override
  public Integer call() throws JsonProcessingException {
    if ((format == Format.parquet || format == Format.onnx) && to == null) {
      throw new ParameterException(
          spec.commandLine(), "--to must be given for " + format + ", which is no text");
    }
    if (curves && format != Format.csv) {
      throw new ParameterException(
          spec.commandLine(), "--curves must come with --format csv, but was with " + format);
    }
    if (format == Format.onnx && to != null) {
      write(to, StudyModel.onnx(uri));
      return Exit.DONE;
    }
    StoredStudy stored = StoredStudy.at(uri);
    Replay study = stored.replay();
    if (format == Format.parquet && to != null) {
      try (SparkSession spark = Sessions.openHere("fettle export")) {
        new TrialTable(study).write(spark, to);
      }
      return Exit.DONE;
    }
    String text =
        switch (format) {
          case csv -> csv(study);
          case optuna_journal -> OptunaJournal.of(stored.view());
          case json, parquet, onnx -> json(study);
        };
    if (to == null) {
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
    } else {
      write(to, text.getBytes(StandardCharsets.UTF_8));
    }
    return Exit.DONE;
  }

  private static void write(String to, byte[] content) {
    StudyFolder.writeFile(to, content, HadoopSettings.ofProcess());
  }

  private String csv(Replay study) {
    return curves ? Curves.csv(study.history()) : TrialCsv.of(study);
  }

  private static String json(Replay study) throws JsonProcessingException {
    return new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .writeValueAsString(TrialRows.of(study))
        + "\n";
  }
}
