package org.fettle.driver.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.fettle.driver.data.NewRows;
import org.fettle.driver.predict.Labelled;
import org.fettle.driver.predict.Predicted;
import org.fettle.driver.report.PredictionScores;
import org.fettle.driver.spark.Sessions;
import org.fettle.executor.model.FettleModel;
import org.fettle.executor.model.InvalidRowsException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fettle predict}. */
@Command(
    name = "predict",
    description = {
      "Predicts new rows with a study's final model, in parallel.",
      "",
      "Writes their columns, prediction and, of classes, probability. Where the rows have the target"
          + " too, prints how good the predictions are."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  fettle predict studies/iris --input new.csv --output scored.csv",
      "  fettle predict hdfs:///studies/wine --input hdfs:///new.parquet \\",
      "    --columns id,vintage --output hdfs:///scored --output-format json"
    })
final class PredictCommand implements Callable<Integer> {

  private enum Input {
    csv,
    parquet,
    libsvm,
    json
  }

  private enum Output {
    parquet,
    csv,
    json
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      paramLabel = "STUDY_URI",
      description = "the study's folder, its result.json, or a model's folder")
  @SuppressWarnings("NullAway.Init")
  private String uri;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "URI",
      description = "the rows: a file, a folder or wildcards")
  @SuppressWarnings("NullAway.Init")
  private String input;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "of the input: ${COMPLETION-CANDIDATES}; by default what its name tells")
  private @Nullable Input format;

  @Option(
      names = "--multi-line",
      description = "quoted text in the CSV has line breaks; each file takes a single task")
  private boolean multiLine;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = "a folder that is not there yet")
  @SuppressWarnings("NullAway.Init")
  private String output;

  @Option(
      names = "--output-format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; by default what its name tells, or the input's")
  private @Nullable Output outputFormat;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "NAME",
      description = "the input's columns to keep; all by default")
  private @Nullable List<String> columns;

  @Option(names = "--overwrite", description = "deletes what is at the output first")
  private boolean overwrite;

  @Override
  public Integer call() {
    NewRows.Format from = inputFormat();
    Output to = outputFormat(from);
    try (SparkSession spark = Sessions.open("fettle predict")) {
      StudyModel model = StudyModel.at(uri, spark);
      OutputFolder folder = OutputFolder.at(output, spark);
      folder.requireApart(input);
      folder.requireApart(uri);
      if (!overwrite) {
        folder.requireAbsent();
      }
      Dataset<Row> rows =
          NewRows.read(
              spark,
              input,
              from,
              model.csv(),
              multiLine ? NewRows.Lines.WHOLE : NewRows.Lines.SPLIT,
              model.model().model().features().size());
      predict(model, rows, from, to, folder);
      return Exit.DONE;
    } catch (Exception e) {
      Optional<String> invalid = invalid(e);
      if (invalid.isEmpty()) {
        throw e;
      }
      spec.commandLine().getErr().println(invalid.get());
      return Exit.INVALID;
    }
  }

  private NewRows.Format inputFormat() {
    return Optional.ofNullable(format)
        .map(word -> NewRows.Format.valueOf(word.name().toUpperCase(Locale.ROOT)))
        .or(() -> NewRows.ofName(input))
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(), "--format must be given, as " + input + " tells none"));
  }

  private Output outputFormat(NewRows.Format from) {
    if (outputFormat != null) {
      return outputFormat;
    }
    return switch (NewRows.ofName(output).orElse(from)) {
      case CSV -> Output.csv;
      case JSON -> Output.json;
      case PARQUET, LIBSVM -> Output.parquet;
    };
  }

  private void predict(
      StudyModel study, Dataset<Row> rows, NewRows.Format from, Output to, OutputFolder folder) {
    FettleModel model = study.model().model();
    Predicted predicted = Predicted.of(study.model(), rows);
    List<String> kept = columns == null ? predicted.names() : columns;
    List<String> unknown = predicted.unknown(kept);
    if (!unknown.isEmpty()) {
      throw new InvalidRowsException(unknown);
    }
    PrintWriter out = spec.commandLine().getOut();
    Dataset<Row> scored = predicted.rows();
    Optional<String> target = model.target().or(() -> labelOf(from)).filter(predicted::has);
    // Else the rows would be predicted once for the files and once for the metrics.
    target.ifPresent(name -> scored.persist(StorageLevel.MEMORY_AND_DISK()));
    DataFrameWriter<Row> writer =
        predicted
            .select(kept, form(from, to))
            .write()
            .mode(overwrite ? SaveMode.Overwrite : SaveMode.ErrorIfExists);
    if (to == Output.csv) {
      writer
          .option("header", true)
          .option("sep", String.valueOf(study.csv().delimiter()))
          .option("quote", String.valueOf(study.csv().quote()))
          .option("escape", String.valueOf(study.csv().quote()));
    }
    boolean written = false;
    try {
      writer.format(to.name()).save(output);
      written = true;
    } finally {
      if (!written) {
        folder.discard();
      }
    }
    target.ifPresent(
        name -> {
          Labelled labelled = Labelled.of(model, scored, name);
          out.print(PredictionScores.text(labelled.scores(), labelled.rows(), labelled.unknown()));
        });
    out.println("Predictions: " + output);
    out.flush();
  }

  private static Predicted.Form form(NewRows.Format from, Output to) {
    if (to == Output.csv) {
      return Predicted.Form.FLAT;
    }
    return from == NewRows.Format.CSV ? Predicted.Form.NUMBERS : Predicted.Form.TYPED;
  }

  private static Optional<String> labelOf(NewRows.Format from) {
    return from == NewRows.Format.LIBSVM ? Optional.of("label") : Optional.empty();
  }

  /** What is wrong with the rows, if it is that. */
  private Optional<String> invalid(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidRowsException) {
        return Optional.of(String.valueOf(cause.getMessage()));
      }
      if (cause instanceof AnalysisException) {
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return Optional.of("Cannot read " + input + ": " + reason);
      }
    }
    return Optional.empty();
  }
}
