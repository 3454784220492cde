package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The data of a study.
 *
 * @param source a URI, or an absolute path; may be a folder or have the wildcards of Hadoop
 * @param target the column to be learnt; empty for libsvm, whose rows begin with it
 * @param positive the class that precision, recall and the like are about, of two; empty for the
 *     later one in order
 * @param shape of a row: empty for a table, else as {@link org.fettle.optimizers.network.Shape#of}
 * @param categorical columns that are taken as categories although they are numbers
 * @param ignore columns that are left out
 * @param csv how the text is divided; present for {@link Format#CSV}
 */
public record DataSpec(
    String source,
    Format format,
    Optional<String> target,
    LearningTask task,
    Optional<String> positive,
    List<Integer> shape,
    List<String> categorical,
    List<String> ignore,
    Missing missing,
    Optional<Csv> csv) {

  /** How the data is written. */
  public enum Format {
    CSV,
    PARQUET,
    LIBSVM
  }

  /** What is to be learnt of the target. */
  public enum LearningTask {
    /** The target names a class. */
    CLASSIFICATION,
    /** The target is a number. */
    REGRESSION
  }

  /** What to do about missing values. */
  public enum Missing {
    /** Put the mean or the most frequent category of the training rows in their place. */
    IMPUTE,
    /** Refuse the data. */
    REFUSE
  }

  /**
   * How a CSV file is divided.
   *
   * @param header whether the first line names the columns
   */
  public record Csv(boolean header, char delimiter, char quote) {}

  public DataSpec {
    requireNonNull(source, "source is null");
    requireNonNull(format, "format is null");
    requireNonNull(task, "task is null");
    requireNonNull(missing, "missing is null");
    shape = List.copyOf(shape);
    categorical = List.copyOf(categorical);
    ignore = List.copyOf(ignore);
    if (target.isPresent() == (format == Format.LIBSVM)) {
      throw new IllegalArgumentException(
          "Target must be given, except for libsvm, but was " + target + " for " + format);
    }
    if (csv.isPresent() != (format == Format.CSV)) {
      throw new IllegalArgumentException(
          "CSV options must be given for csv only, but were " + csv + " for " + format);
    }
  }

  Map<String, Object> canonical() {
    Map<String, Object> canonical = new LinkedHashMap<>();
    canonical.put("source", source);
    canonical.put("format", JobSpec.word(format));
    target.ifPresent(column -> canonical.put("target", column));
    canonical.put("task", JobSpec.word(task));
    positive.ifPresent(label -> canonical.put("positive", label));
    canonical.put("shape", shape);
    if (format != Format.LIBSVM) { // which has no column names, and may not say any
      canonical.put("categorical", categorical);
      canonical.put("ignore", ignore);
    }
    canonical.put("missing", JobSpec.word(missing));
    csv.ifPresent(
        divided -> {
          canonical.put("header", divided.header());
          canonical.put("delimiter", DataSection.word(divided.delimiter()));
          canonical.put("quote", DataSection.word(divided.quote()));
        });
    return canonical;
  }
}
