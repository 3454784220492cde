package org.fettle.driver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.fettle.driver.job.ClusterPlacement;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.ParsedJob;
import org.fettle.driver.store.Holder;
import org.fettle.driver.store.JournalStore;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.submit.DeployMode;
import org.fettle.driver.submit.Load;
import org.fettle.driver.submit.SparkOptions;
import org.fettle.driver.submit.SparkSettings;
import org.fettle.driver.submit.Staging;
import org.fettle.driver.submit.Submission;
import org.fettle.driver.submit.Target;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.data.Table;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.search.settings.Providers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fettle submit}. */
@Command(
    name = "submit",
    description = {
      "Sends a job to a cluster, follows it, and shows its result.",
      "",
      "Checks the job and its data here first. Copies data of this machine to the",
      "output's file system. Prints the spark-submit line that does the rest.",
      "Options of spark-submit may stand anywhere; see fettle --help."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  fettle submit --target yarn job.yaml --num-executors 4 --queue tuning",
      "  fettle submit --target kubernetes job.yaml --master k8s://https://HOST:443 \\",
      "    --conf spark.kubernetes.container.image=registry/fettle:0.1.0 --dry-run"
    })
final class SubmitCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--target",
      required = true,
      paramLabel = "TARGET",
      description = "yarn, kubernetes or standalone")
  @SuppressWarnings("NullAway.Init")
  private Target target;

  @Mixin private final JobArguments arguments = new JobArguments();

  @Option(names = "--overwrite", description = "deletes an earlier study of that name first")
  private boolean overwrite;

  @Option(
      names = "--application",
      paramLabel = "URI",
      description = {
        "where the cluster has lib/fettle.jar, so that it",
        "is not sent each time: hdfs:///apps/fettle.jar"
      })
  private @Nullable String application;

  @Option(names = "--dry-run", description = "prints the line, and sends nothing")
  private boolean dryRun;

  /** The launcher puts Spark's options behind two dashes. */
  @Parameters(index = "1..*", hidden = true)
  private List<String> spark = new ArrayList<>();

  private final Map<String, String> environment = System.getenv();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    SparkOptions options = options();
    Submission submission =
        Submission.of(
            target,
            home(),
            Path.of(environment.getOrDefault("SPARK_HOME", "")).toAbsolutePath(),
            properties(options),
            options,
            Optional.ofNullable(application),
            job());
    List<String> problems = submission.problems();
    if (!problems.isEmpty()) {
      problems.forEach(err::println);
      err.flush();
      return Exit.INVALID;
    }
    HadoopSettings.use(submission.settings().all());
    logIn(submission.settings());
    ParsedJob parsed = arguments.parse(spec.commandLine()).parsed();
    Optional<CheckedJob> checked = CheckedJob.of(parsed, "fettle submit", Optional.empty(), err);
    if (checked.isEmpty()) {
      return Exit.INVALID;
    }
    Configuration hadoop =
        new Configuration(checked.get().spark().sparkContext().hadoopConfiguration());
    checked.get().spark().stop();
    return send(submission, checked.get(), hadoop);
  }

  /**
   * For the check, the copy and the look at the journal, which are this process's; spark-submit
   * logs in by itself.
   */
  private static void logIn(SparkSettings settings) {
    Optional<String> principal = settings.get("spark.kerberos.principal");
    Optional<String> keytab = settings.get("spark.kerberos.keytab");
    if (principal.isEmpty() || keytab.isEmpty()) {
      return;
    }
    try {
      UserGroupInformation.setConfiguration(HadoopSettings.ofProcess());
      UserGroupInformation.loginUserFromKeytab(principal.get(), keytab.get());
    } catch (IOException e) {
      throw new StoreException(
          "Cannot log in as %s with %s: %s"
              .formatted(principal.get(), keytab.get(), e.getMessage()),
          e);
    }
  }

  private SparkOptions options() {
    try {
      return SparkOptions.of(spark);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Path job() {
    return arguments
        .file()
        .orElseThrow(() -> new ParameterException(spec.commandLine(), "JOB.yaml must be given"));
  }

  /** Spark's own rule: the file that is named, else that of the folder of settings. */
  private Optional<Path> properties(SparkOptions options) {
    return options
        .value("--properties-file")
        .map(Path::of)
        .or(
            () ->
                Optional.ofNullable(environment.get("SPARK_CONF_DIR"))
                    .filter(folder -> !Path.of(folder).equals(home().resolve("conf")))
                    .map(folder -> Path.of(folder, "spark-defaults.conf")));
  }

  private Path home() {
    return Path.of(environment.getOrDefault("FETTLE_HOME", "")).toAbsolutePath();
  }

  private int send(Submission begun, CheckedJob checked, Configuration hadoop)
      throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    JobSpec job = checked.job();
    Optional<String> source =
        job.evaluation() instanceof Evaluation.Network network
            ? Optional.of(network.data().source())
            : Optional.empty();
    Staging staging = staging(job.output(), source, hadoop);
    if (staging.outputIsLocal() && !job.output().startsWith("file:")) {
      err.println(
          ("Output must be on a file system that the whole cluster shares, but was %s;"
                  + " give --output hdfs:///…, or file:/… for a mount that every machine has")
              .formatted(job.output()));
      err.flush();
      return Exit.INVALID;
    }
    List<String> run = new ArrayList<>(arguments.overrides());
    run.addAll(List.of("--output", staging.output().toString()));
    Optional<org.apache.hadoop.fs.Path> copy =
        checked.data().flatMap(data -> staging.copy(data.table().digest()));
    // A path beside the job file is another one for a driver elsewhere.
    copy.or(() -> staging.source().filter(uri -> staging.dataMustBeMounted()))
        .ifPresent(uri -> run.addAll(List.of("--set", "data.source=" + uri)));
    Submission.Sized sized =
        begun.with(run).uploadingTo(staging.output() + "/_upload").sized(load(checked));
    err.println("Study " + job.study() + " is valid");
    sized.advice().forEach(err::println);
    copy.ifPresent(uri -> err.println("Data: " + source.orElseThrow() + " → " + uri));
    if (staging.dataMustBeMounted()) {
      err.println("Data: every machine must have " + source.orElseThrow());
    }
    err.println("Results: " + staging.output() + "/" + job.study());
    err.flush();
    PrintWriter out = spec.commandLine().getOut();
    out.println(sized.submission().line());
    out.flush();
    if (dryRun) {
      return Exit.DONE;
    }
    if (copy.isPresent()) {
      staging.ship(copy.get());
    }
    String study = staging.output() + "/" + job.study();
    if (overwrite) {
      // Not by the driver: one that is started again must go on, not begin again.
      clear(StudyFolder.at(study, hadoop));
    }
    Submitted submitted =
        new Submitted(sized.submission().command(), StudyFolder.at(study, hadoop), out, err);
    return sized.submission().mode() == DeployMode.CLUSTER ? submitted.follow() : submitted.await();
  }

  private static Load load(CheckedJob checked) {
    JobSpec job = checked.job();
    return new Load(
        checked.data().map(data -> data.folds().count()).orElse(1) * workers(job),
        job.search().parallel(),
        job.search().trials(),
        checked
            .data()
            .map(
                data ->
                    OptionalLong.of(
                        checked.spread().isPresent() ? targets(data) : bytes(data.table())))
            .orElse(OptionalLong.empty()),
        checked
            .engine()
            .map(
                choice -> Providers.named(EngineProvider.class, choice.engine()).libraryMebibytes())
            .orElse(0));
  }

  private static Staging staging(String output, Optional<String> source, Configuration hadoop) {
    try {
      return Staging.of(output, source, hadoop);
    } catch (IOException e) {
      throw new StoreException("Cannot reach " + output + ": " + e.getMessage(), e);
    }
  }

  private void clear(StudyFolder study) throws InterruptedException {
    if (!study.holdsStudy()) {
      return;
    }
    Holder holder = Holder.here(StudyStart.user(), "", 0, Instant.now());
    try (JournalStore journal = study.claimJournal(holder, spec.commandLine().getErr()::println)) {
      study.clear(journal);
    }
  }

  /** How many tasks a run has. */
  private static int workers(JobSpec job) {
    return job.evaluation() instanceof Evaluation.Network network
        ? network.cluster().map(ClusterPlacement::workers).orElse(1)
        : 1;
  }

  /** Of rows that stay on the executors only these come to the driver. */
  private static long targets(StudyData data) {
    return (long) data.table().rows() * Float.BYTES;
  }

  private static long bytes(Table table) {
    return 4L * table.rows() * (table.columns().size() + 1);
  }
}
