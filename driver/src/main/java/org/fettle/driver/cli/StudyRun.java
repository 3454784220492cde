package org.fettle.driver.cli;

import java.io.PrintWriter;
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
import org.fettle.driver.cli.StudyStart.Existing;
import org.fettle.driver.cluster.SparkRows;
import org.fettle.driver.dashboard.Dashboard;
import org.fettle.driver.job.ClusterPlacement;
import org.fettle.driver.job.DataSpec;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.report.Closing;
import org.fettle.driver.report.Diagnosis;
import org.fettle.driver.report.StudyResult;
import org.fettle.driver.report.Summary;
import org.fettle.driver.report.TestResult;
import org.fettle.driver.report.TrialTable;
import org.fettle.driver.spark.MeteredStore;
import org.fettle.driver.spark.Sessions;
import org.fettle.driver.spark.SparkTrialBackend;
import org.fettle.driver.spark.SpreadTrials;
import org.fettle.driver.spark.StudyMetrics;
import org.fettle.driver.store.JournalStore;
import org.fettle.driver.store.Secrets;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.store.StudyStatus;
import org.fettle.driver.study.CheckpointKeeper;
import org.fettle.driver.study.Fusion;
import org.fettle.driver.study.JobPlan;
import org.fettle.driver.study.Replay;
import org.fettle.driver.study.Replaying;
import org.fettle.driver.study.Search;
import org.fettle.driver.study.StudyRunner;
import org.fettle.driver.study.TrialBackend;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;

/** One study from its first trial to its results. */
final class StudyRun {

  private static final int TABLE_ROWS = 10;

  private final CheckedJob checked;
  private final JobSpec job;
  private final StudyFolder folder;
  private final PrintWriter all;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Output output;
  private final Clock clock = Clock.systemUTC();

  StudyRun(
      CheckedJob checked, StudyFolder folder, PrintWriter out, PrintWriter err, Output output) {
    this.checked = checked;
    this.job = checked.job();
    this.folder = folder;
    this.all = out;
    // Words are for people, and there are none among lines for scripts.
    this.out = output == Output.JSON ? new PrintWriter(PrintWriter.nullWriter()) : out;
    this.err = err;
    this.output = output;
  }

  /** Runs the study to its end, or to an interruption, and returns the exit status. */
  int run(Existing existing) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(checked.spark().sparkContext());
    int runs = checked.data().map(data -> data.folds().count()).orElse(1);
    JobPlan plan =
        new JobPlan(
            job,
            job.study() + "/" + UUID.randomUUID(),
            runs,
            folder.uri(StudyFolder.CHECKPOINTS),
            fusion(spark));
    // Closed last: until then a signal does not end the process.
    try (Signals signals = new Signals();
        TrialBackend backend = backend(spark);
        JournalStore store = folder.claimJournal(StudyStart.holder(spark.sc(), clock), this::warn);
        StudyMetrics metrics = new StudyMetrics(backend::slots, runs, clock)) {
      StudyStart start = new StudyStart(checked, folder, out, clock);
      Replay before = start.start(store, existing, parallelism(backend, plan));
      List<History> earlier =
          checked.earlier().stream().map(study -> study.replay().history()).toList();
      try (Audience audience =
          new Audience(job, folder, store.read(), spark.sc(), backend, all, output, clock)) {
        StudyRunner runner =
            new StudyRunner(
                before.history(),
                Search.of(job, earlier).after(before.worked()).with(metrics::timed),
                plan,
                backend,
                audience.follow(new MeteredStore(store, metrics)),
                audience.listener(metrics, new CheckpointKeeper(job, folder)),
                clock);
        runner.remembering(before.broken());
        checked.engine().ifPresent(out::println);
        checked
            .data()
            .ifPresent(data -> DataNotes.of(data).forEach(note -> out.println("Note: " + note)));
        Dashboard.address(spark.sc()).ifPresent(page -> out.println("Watch it: " + page));
        out.flush();
        store.whenLost(runner::stop);
        signals.endBy(
            () -> {
              runner.stop();
              store.giveUp();
            });
        audience.begin(runner);
        StudyStatus status = runner.run();
        Replaying replaying = new Replaying(before.history().spec());
        store.read(replaying::add);
        Replay study = replaying.replay();
        if (status == StudyStatus.INTERRUPTED) {
          out.print("Interrupted. " + new Summary(study, TABLE_ROWS));
          out.println("\nJournal: " + folder.uri() + "\nSee it with: fettle show " + folder.uri());
          out.println("Go on with: fettle resume " + folder.uri());
          out.flush();
          audience.result(StudyResult.of(study));
          return Exit.INTERRUPTED;
        }
        int exit = results(study, backend, plan, signals, audience);
        audience.report();
        return exit;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.INTERRUPTED;
    }
  }

  private TrialBackend backend(JavaSparkContext spark) {
    if (checked.spread().isPresent()
        && job.evaluation() instanceof Evaluation.Network network
        && network.cluster().isPresent()) {
      StudyData data = checked.data().orElseThrow();
      ClusterPlacement placement = network.cluster().get();
      SparkRows rows =
          new SparkRows(spark, data.table(), checked.spread().get().chunks(), placement);
      return SparkTrialBackend.spread(
          spark,
          job.study(),
          new SpreadTrials(rows, data, placement.workers(), placement.exchange()));
    }
    return new SparkTrialBackend(spark, job.study(), checked.data());
  }

  private Fusion fusion(JavaSparkContext spark) {
    if (checked.spread().isPresent()) {
      return Fusion.NONE; // Its workers have one network each.
    }
    Fusion.Place place =
        spark.getConf().contains(Sessions.GPUS_OF_A_TASK) ? Fusion.Place.GPU : Fusion.Place.CPU;
    return checked.data().map(data -> Fusion.of(job, data.table(), place)).orElse(Fusion.NONE);
  }

  private void warn(String message) {
    err.println(message);
    err.flush();
  }

  private int parallelism(TrialBackend backend, JobPlan plan) {
    return job.search().parallel().orElse(Math.max(1, backend.slots() / plan.runsPerTrial()));
  }

  private int results(
      Replay study, TrialBackend backend, JobPlan plan, Signals signals, Audience audience)
      throws InterruptedException {
    // Written while the final model is trained: both take seconds of a short study.
    CompletableFuture<Void> trials = Futures.aside("fettle-trials", () -> writeTrials(study));
    Optional<Trial> best = study.history().incumbent();
    Optional<TaskResult.Refitted> refitted = Optional.empty();
    if (best.isPresent() && job.evaluation() instanceof Evaluation.Network network) {
      refitted = refit(network, study.history(), best.get(), backend, plan, signals);
    }
    Futures.join(trials);
    Map<String, Object> result = StudyResult.of(study);
    refitted.flatMap(TestResult::of).ifPresent(test -> result.put("test", test));
    folder.writeJson(StudyFolder.RESULT, result);
    folder.delete(StudyFolder.CHECKPOINTS);
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

  private void writeTrials(Replay study) {
    String unfinished = "." + StudyFolder.TRIALS + ".tmp";
    new TrialTable(study).write(checked.spark(), folder.uri(unfinished));
    folder.replace(StudyFolder.TRIALS, unfinished);
  }

  private static TaskResult trained(
      Evaluation.Network network,
      History history,
      Trial best,
      TrialBackend backend,
      JobPlan plan,
      Signals signals)
      throws InterruptedException {
    CompletableFuture<TaskResult> end = new CompletableFuture<>();
    signals.endBy(
        () -> end.complete(new TaskResult.Failed(FailureCode.CANCELLED, "interrupted", "")));
    backend.submit(
        "refit of trial " + best.number(),
        List.of(plan.refit(network, history, best)),
        (run, result) -> end.complete(result));
    TaskResult result = Futures.await(end);
    signals.endBy(() -> {});
    return result;
  }

  /** Leaves the final model, and says what it does on the test rows. */
  private Optional<TaskResult.Refitted> refit(
      Evaluation.Network network,
      History history,
      Trial best,
      TrialBackend backend,
      JobPlan plan,
      Signals signals)
      throws InterruptedException {
    Map<FailureCode, Integer> failures = new EnumMap<>(FailureCode.class);
    TaskResult result = trained(network, history, best, backend, plan, signals);
    while (result instanceof TaskResult.Failed failed
        && failures.merge(failed.code(), 1, Integer::sum)
            <= job.failures().retries(failed.code())) {
      out.println("The refit is begun again: " + failed.message());
      result = trained(network, history, best, backend, plan, signals);
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
      out.println("No model: the refit failed, " + Secrets.masked(failed.message()));
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
