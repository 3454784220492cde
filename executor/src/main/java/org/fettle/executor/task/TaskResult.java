package org.fettle.executor.task;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;

/** What came of a run. */
public sealed interface TaskResult {

  /** Among the scores of a run with early stopping: how many epochs it trained. */
  String EPOCHS = "epochs";

  /** Among the scores of a run with early stopping: the epoch whose weights were scored. */
  String BEST_EPOCH = "best-epoch";

  /**
   * The run was scored.
   *
   * @param seconds from the start of the work to its end, on the executor
   * @param confusion for each class, how many of its rows were taken for each class; none for a
   *     regression, a user's objective or very many classes
   * @param place where the work was done
   */
  record Scored(
      Measurement measurement,
      List<Report> reports,
      double seconds,
      List<List<Long>> confusion,
      RunPlace place)
      implements TaskResult {
    public Scored {
      requireNonNull(measurement, "measurement is null");
      reports = List.copyOf(reports);
      confusion = confusion.stream().map(List::copyOf).toList();
      requireNonNull(place, "place is null");
    }

    /** A run without classes, outside Spark. */
    public Scored(Measurement measurement, List<Report> reports, double seconds) {
      this(measurement, reports, seconds, List.of(), RunPlace.UNKNOWN);
    }
  }

  /**
   * The final model.
   *
   * @param files the engine's files, by name
   * @param schema from raw columns to the model's inputs and from its outputs to labels, as plain
   *     data
   * @param test what was measured on the test rows; nothing where there are none
   * @param confusion of the test rows, as of a scored run
   */
  record Refitted(
      Map<String, byte[]> files,
      Map<String, Object> schema,
      double seconds,
      Measurement test,
      List<List<Long>> confusion)
      implements TaskResult {
    public Refitted {
      files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
      schema = PlainData.copy("schema", schema);
      requireNonNull(test, "test is null");
      confusion = confusion.stream().map(List::copyOf).toList();
    }
  }

  /**
   * The run broke.
   *
   * @param message for people, on one line
   * @param trace the stack trace without its middle where it is very long, or nothing where it
   *     would not help
   */
  record Failed(FailureCode code, String message, String trace) implements TaskResult {
    public Failed {
      requireNonNull(code, "code is null");
      requireNonNull(message, "message is null");
      requireNonNull(trace, "trace is null");
    }
  }
}
