package org.fettle.driver.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.fettle.driver.data.DataReader;
import org.fettle.driver.data.StudyRows;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.ParsedJob;
import org.fettle.driver.job.Problems;
import org.fettle.driver.spark.Sessions;
import org.fettle.driver.study.EngineCheck;
import org.fettle.driver.study.EngineChoice;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.run.Objective;
import org.fettle.search.study.History;

/**
 * A job that has passed every check, with its data and the session they were read in.
 *
 * @param job with the engine that was chosen, where it left that open
 * @param data empty for a user's objective
 * @param engine the same
 * @param earlier the studies that the search learns from
 */
record CheckedJob(
    JobSpec job,
    Optional<StudyData> data,
    Optional<EngineChoice> engine,
    List<History> earlier,
    SparkSession spark) {

  CheckedJob {
    requireNonNull(job, "job is null");
    requireNonNull(data, "data is null");
    requireNonNull(engine, "engine is null");
    earlier = List.copyOf(earlier);
    requireNonNull(spark, "spark is null");
  }

  /**
   * Checks a job and its data, and prints every problem of both. A job with problems of its own
   * does not get the cluster: its data is looked at from this machine.
   */
  static Optional<CheckedJob> of(ParsedJob parsed, String purpose, PrintWriter err) {
    Problems problems = parsed.problems();
    parsed.job().ifPresent(job -> checkObjective(job, problems));
    parsed.job().ifPresent(job -> UserListeners.check(job, problems));
    boolean sound = problems.isEmpty();
    if (!sound && parsed.source().isEmpty()) {
      err.println(problems);
      return Optional.empty();
    }
    SparkSession spark = sound ? Sessions.open(purpose) : Sessions.openHere(purpose);
    Optional<CheckedJob> checked = Optional.empty();
    try {
      checked = withData(parsed, spark);
    } finally {
      if (checked.isEmpty()) {
        spark.stop();
      }
    }
    if (checked.isEmpty()) {
      err.println(problems);
    }
    return checked;
  }

  private static Optional<CheckedJob> withData(ParsedJob parsed, SparkSession spark) {
    Problems problems = parsed.problems();
    DataReader reader = new DataReader(spark, problems);
    Optional<StudyRows> rows = parsed.data().flatMap(data -> reader.read(data, parsed.dividing()));
    if (parsed.data().isEmpty()) {
      parsed.source().ifPresent(reader::checkExists);
    }
    Optional<StudyData> data =
        parsed.job().flatMap(job -> rows.flatMap(each -> StudyDataCheck.of(job, each, problems)));
    Optional<EngineChoice> engine =
        parsed
            .job()
            .flatMap(job -> rows.flatMap(each -> EngineCheck.choose(job, each.table(), problems)));
    List<History> earlier =
        parsed.job().map(job -> EarlierStudies.of(job, problems)).orElse(List.of());
    return parsed
        .job()
        .filter(job -> problems.isEmpty())
        .map(job -> engine.map(choice -> job.trainedBy(choice.engine())).orElse(job))
        .map(job -> new CheckedJob(job, data, engine, earlier, spark));
  }

  private static void checkObjective(JobSpec job, Problems problems) {
    if (job.evaluation() instanceof Evaluation.Custom custom) {
      String type = custom.objective();
      try {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if (!Objective.class.isAssignableFrom(Class.forName(type, false, loader))) {
          problems.add("objective", type, "must implement " + Objective.class.getName());
        }
      } catch (ClassNotFoundException | LinkageError e) {
        problems.add(
            "objective", type, "must be a class on the class path", "give its jar with --jars");
      }
    }
  }
}
