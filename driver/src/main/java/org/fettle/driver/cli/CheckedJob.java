package org.fettle.driver.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.fettle.driver.data.DataReader;
import org.fettle.driver.data.ModelFiles;
import org.fettle.driver.data.SpreadData;
import org.fettle.driver.data.StudyRows;
import org.fettle.driver.job.DataSpec;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.ParsedJob;
import org.fettle.driver.job.Problems;
import org.fettle.driver.spark.Sessions;
import org.fettle.driver.store.Secrets;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.study.EngineCheck;
import org.fettle.driver.study.EngineChoice;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.run.Objective;

/**
 * A job that has passed every check, with its data and the session they were read in.
 *
 * @param job with the engine that was chosen, where it left that open
 * @param data empty for a user's objective
 * @param engine the same
 * @param spread the rows of a job whose data stays on the executors
 * @param earlier the studies that the search learns from
 */
record CheckedJob(
    JobSpec job,
    Optional<StudyData> data,
    Optional<EngineChoice> engine,
    Optional<SpreadData> spread,
    List<StoredStudy> earlier,
    SparkSession spark) {

  CheckedJob {
    requireNonNull(job, "job is null");
    requireNonNull(data, "data is null");
    requireNonNull(engine, "engine is null");
    requireNonNull(spread, "spread is null");
    earlier = List.copyOf(earlier);
    requireNonNull(spark, "spark is null");
  }

  /**
   * Checks a job and its data, and prints every problem of both. A job with problems of its own
   * does not get the cluster: its data is looked at from this machine.
   *
   * @param kept where the study is that goes on, or that is repeated
   */
  static Optional<CheckedJob> of(
      ParsedJob parsed, String purpose, Optional<StudyFolder> kept, PrintWriter err) {
    Problems problems = parsed.problems();
    if (parsed.job().filter(job -> hasPasswords(job, parsed)).isPresent()) {
      err.println(Secrets.masked(problems.toString()));
      return Optional.empty();
    }
    parsed.job().ifPresent(job -> checkObjective(job, problems));
    parsed.job().ifPresent(job -> UserListeners.check(job, problems));
    boolean sound = problems.isEmpty();
    if (!sound && parsed.source().isEmpty()) {
      err.println(Secrets.masked(problems.toString()));
      return Optional.empty();
    }
    SparkSession spark = sound ? Sessions.open(purpose) : Sessions.openHere(purpose);
    Optional<CheckedJob> checked = Optional.empty();
    try {
      checked = withData(parsed, kept, spark);
    } finally {
      if (checked.isEmpty()) {
        spark.stop();
      }
    }
    if (checked.isEmpty()) {
      err.println(Secrets.masked(problems.toString()));
    }
    return checked;
  }

  private static Optional<CheckedJob> withData(
      ParsedJob parsed, Optional<StudyFolder> kept, SparkSession spark) {
    Problems problems = parsed.problems();
    DataReader reader = new DataReader(spark, problems);
    Optional<StudyRows> rows = parsed.data().flatMap(data -> read(reader, parsed, data));
    if (parsed.data().isEmpty()) {
      parsed.source().ifPresent(reader::checkExists);
    }
    Optional<JobSpec> whole =
        parsed
            .job()
            .flatMap(
                job -> ModelFiles.read(job, spark.sparkContext().hadoopConfiguration(), problems));
    Optional<StudyData> data =
        parsed.job().flatMap(job -> rows.flatMap(each -> StudyDataCheck.of(job, each, problems)));
    Optional<EngineChoice> engine =
        whole.flatMap(job -> rows.flatMap(each -> EngineCheck.choose(job, each.table(), problems)));
    parsed.job().ifPresent(job -> PlacementCheck.check(job, spark.sparkContext(), problems));
    List<StoredStudy> earlier =
        parsed.job().map(job -> EarlierStudies.of(job, kept, problems)).orElse(List.of());
    return whole
        .filter(job -> problems.isEmpty())
        .map(job -> engine.map(choice -> job.trainedBy(choice.engine())).orElse(job))
        .map(
            job ->
                new CheckedJob(job, data, engine, rows.flatMap(StudyRows::spread), earlier, spark));
  }

  private static Optional<StudyRows> read(DataReader reader, ParsedJob parsed, DataSpec data) {
    boolean spread =
        parsed.job().map(JobSpec::evaluation).stream()
            .anyMatch(
                evaluation ->
                    evaluation instanceof Evaluation.Network network
                        && network.cluster().isPresent());
    return spread ? reader.spread(data, parsed.dividing()) : reader.read(data, parsed.dividing());
  }

  /** What a job says is written down in many places. */
  private static boolean hasPasswords(JobSpec job, ParsedJob parsed) {
    Map<String, String> uris = new LinkedHashMap<>();
    uris.put("output", job.output());
    parsed.source().ifPresent(source -> uris.put("data.source", source));
    for (int i = 0; i < job.search().warmStart().size(); i++) {
      uris.put("search.warm-start[" + i + "]", job.search().warmStart().get(i));
    }
    uris.values().removeIf(uri -> Secrets.masked(uri).equals(uri));
    uris.forEach(
        (path, uri) ->
            parsed
                .problems()
                .add(
                    path,
                    Secrets.masked(uri),
                    "must not hold a password",
                    "give it in Hadoop's configuration, best by a credential provider"));
    return !uris.isEmpty();
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
