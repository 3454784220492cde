package org.fettle.driver.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.api.java.JavaSparkContext;
import org.fettle.driver.dashboard.Dashboard;
import org.fettle.driver.job.DataSpec;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.report.Closing;
import org.fettle.driver.report.Diagnosis;
import org.fettle.driver.report.FoldsCsv;
import org.fettle.driver.report.StudyResult;
import org.fettle.driver.report.Summary;
import org.fettle.driver.report.TestResult;
import org.fettle.driver.report.TrialTable;
import org.fettle.driver.spark.SparkTrialBackend;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.JournalStore;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.store.StudyStatus;
import org.fettle.driver.study.JobPlan;
import org.fettle.driver.study.Replay;
import org.fettle.driver.study.Search;
import org.fettle.driver.study.StudyRunner;
import org.fettle.driver.study.TrialBackend;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;

/** One study from its first trial to its results. */
final class StudyRun {

  private static final int TABLE_ROWS = 10;

  private final CheckedJob checked;
  private final JobSpec job;
  private final Output output;
  private PrintWriter out;
  private final Clock clock = Clock.systemUTC();

  StudyRun(CheckedJob checked, PrintWriter out, Output output) {
    this.checked = checked;
    this.job = checked.job();
    this.out = out;
    this.output = output;
  }

  int run(boolean overwrite) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(checked.spark().sparkContext());
    StudyFolder folder =
        StudyFolder.at(job.output() + "/" + job.study(), spark.hadoopConfiguration());
    if (overwrite) {
      folder.clear();
    } else if (folder.holdsStudy()) {
      throw new StoreException(
          "Cannot begin %s: a study is there already; give another --set study=NAME or --output, or"
                  .formatted(folder.uri())
              + " --overwrite to delete it");
    }
    int runs = checked.data().map(data -> data.folds().count()).orElse(1);
    JobPlan plan = new JobPlan(job, job.study() + "/" + UUID.randomUUID(), runs);
    // Closed last: until then a signal does not end the process.
    try (Signals signals = new Signals();
        TrialBackend backend = new SparkTrialBackend(spark, job.study(), checked.data());
        JournalStore store = folder.createJournal()) {
      Map<String, Object> provenance = Provenance.of(checked);
      Map<String, Object> frozen = new LinkedHashMap<>();
      frozen.put("job", job.canonical());
      frozen.put("provenance", provenance);
      folder.writeJson(StudyFolder.STUDY, frozen);
      checked
          .data()
          .ifPresent(
              data ->
                  folder.write(
                      StudyFolder.FOLDS,
                      FoldsCsv.of(data.folds()).getBytes(StandardCharsets.UTF_8)));
      JournalEvent created =
          new JournalEvent.StudyCreated(
              clock.instant(), JournalStore.FORMAT, job.canonical(), provenance);
      store.append(List.of(created));
      StudySpec spec = job.studySpec(parallelism(backend, plan));
      try (Audience audience =
          new Audience(job, folder, List.of(created), spark.sc(), backend, out, output, clock)) {
        out = audience.words();
        StudyRunner runner =
            new StudyRunner(
                History.empty(spec),
                Search.of(job, checked.earlier()),
                plan,
                backend,
                audience.follow(store),
                audience.listener(),
                clock);
        out.println("Study " + job.study() + " → " + folder.uri());
        checked.engine().ifPresent(out::println);
        Dashboard.address(spark.sc()).ifPresent(page -> out.println("Watch it: " + page));
        out.flush();
        signals.endBy(runner::stop);
        audience.begin(runner);
        StudyStatus status = runner.run();
        Replay study = Replay.of(spec, store.read());
        if (status == StudyStatus.INTERRUPTED) {
          out.print("Interrupted. " + new Summary(study, TABLE_ROWS));
          out.println("\nJournal: " + folder.uri() + "\nSee it with: fettle show " + folder.uri());
          out.flush();
          audience.report();
          audience.result(StudyResult.of(study));
          return Exit.INTERRUPTED;
        }
        int exit = results(study, folder, backend, plan, signals, audience);
        audience.report();
        return exit;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.INTERRUPTED;
    }
  }

  private int parallelism(TrialBackend backend, JobPlan plan) {
    return job.search().parallel().orElse(Math.max(1, backend.slots() / plan.runsPerTrial()));
  }

  private int results(
      Replay study,
      StudyFolder folder,
      TrialBackend backend,
      JobPlan plan,
      Signals signals,
      Audience audience)
      throws InterruptedException {
    Optional<Trial> best = study.history().incumbent();
    Optional<TaskResult.Refitted> refitted = Optional.empty();
    if (best.isPresent() && job.evaluation() instanceof Evaluation.Network network) {
      refitted = refit(network, best.get(), folder, backend, plan, signals);
    }
    new TrialTable(study).write(checked.spark(), folder.uri(StudyFolder.TRIALS));
    Map<String, Object> result = StudyResult.of(study);
    refitted.flatMap(TestResult::of).ifPresent(test -> result.put("test", test));
    folder.writeJson(StudyFolder.RESULT, result);
    out.println();
    study.reason().ifPresent(reason -> out.println("Stopped: " + reason));
    out.print(new Summary(study, TABLE_ROWS) + Diagnosis.lines(study));
    best.ifPresent(trial -> out.print(Closing.of(job, study, trial)));
    refitted.map(each -> TestResult.line(each, job.goals())).ifPresent(out::print);
    out.println("\nResults: " + folder.uri());
    out.println("Report: " + folder.uri(StudyFolder.REPORT));
    out.flush();
    audience.result(result);
    return best.isPresent() ? Exit.DONE : Exit.NO_RESULT;
  }

  private static TaskResult trained(
      Evaluation.Network network, Trial best, TrialBackend backend, JobPlan plan, Signals signals)
      throws InterruptedException {
    CompletableFuture<TaskResult> end = new CompletableFuture<>();
    signals.endBy(
        () -> end.complete(new TaskResult.Failed(FailureCode.CANCELLED, "interrupted", "")));
    backend.submit(
        best.number(),
        "refit of trial " + best.number(),
        List.of(plan.refit(network, best)),
        (trial, run, result) -> end.complete(result));
    TaskResult result = Futures.await(end);
    signals.endBy(() -> {});
    return result;
  }

  /** Leaves the final model, and says what it does on the test rows. */
  private Optional<TaskResult.Refitted> refit(
      Evaluation.Network network,
      Trial best,
      StudyFolder folder,
      TrialBackend backend,
      JobPlan plan,
      Signals signals)
      throws InterruptedException {
    Map<FailureCode, Integer> failures = new EnumMap<>(FailureCode.class);
    TaskResult result = trained(network, best, backend, plan, signals);
    while (result instanceof TaskResult.Failed failed
        && failures.merge(failed.code(), 1, Integer::sum)
            <= job.failures().retries(failed.code())) {
      out.println("The refit is begun again: " + failed.message());
      result = trained(network, best, backend, plan, signals);
    }
    backend.cancel(best.number());
    if (result instanceof TaskResult.Refitted refitted) {
      refitted
          .files()
          .forEach((name, bytes) -> folder.write(StudyFolder.MODEL + "/" + name, bytes));
      Map<String, Object> schema = schema(refitted, network.data());
      schema.put("trial", best.number());
      folder.writeJson(StudyFolder.MODEL + "/schema.json", schema);
      return Optional.of(refitted);
    } else if (result instanceof TaskResult.Failed failed) {
      out.println("No model: the refit failed, " + failed.message());
    }
    return Optional.empty();
  }

  /** What the executor knows of the model, and what only the job does. */
  private static Map<String, Object> schema(TaskResult.Refitted refitted, DataSpec data) {
    Map<String, Object> schema = new LinkedHashMap<>(refitted.schema());
    Map<String, Object> target = new LinkedHashMap<>();
    data.target().ifPresent(name -> target.put("name", name));
    if (schema.get("target") instanceof Map<?, ?> scaling) {
      scaling.forEach((key, value) -> target.put(String.valueOf(key), value));
    }
    schema.put("target", target);
    schema.put("missing", data.missing().name().toLowerCase(Locale.ROOT));
    return schema;
  }
}
