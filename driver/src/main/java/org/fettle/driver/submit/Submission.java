package org.fettle.driver.submit;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A job on its way to a cluster.
 *
 * @param application where the cluster finds Fettle's jar
 * @param job the job file on this machine
 * @param arguments of {@code fettle run} behind the job file
 */
public record Submission(
    Target target,
    DeployMode mode,
    Path sparkHome,
    String application,
    SparkSettings settings,
    SparkOptions options,
    Path job,
    List<String> arguments) {

  private static final String MAIN = "org.fettle.driver.cli.Main";
  private static final String UPLOADS = "spark.kubernetes.file.upload.path";

  /** In the image, as {@code docker/Dockerfile} builds it. */
  private static final String JAR_IN_IMAGE = "local:///opt/fettle/lib/fettle.jar";

  public Submission {
    requireNonNull(target, "target is null");
    requireNonNull(mode, "mode is null");
    arguments = List.copyOf(arguments);
  }

  /**
   * Works out a submission.
   *
   * @param home of the distribution
   * @param properties the user's file of Spark's settings, if there is one
   * @param application empty for the usual place
   */
  public static Submission of(
      Target target,
      Path home,
      Path sparkHome,
      Optional<Path> properties,
      SparkOptions options,
      Optional<String> application,
      Path job) {
    SparkSettings settings = SparkSettings.of(home, target, properties, options);
    DeployMode mode =
        settings
            .get("spark.submit.deployMode")
            .map(word -> word.equals("cluster") ? DeployMode.CLUSTER : DeployMode.CLIENT)
            .orElse(target.deployMode());
    String jar =
        application.orElse(
            target == Target.KUBERNETES && mode == DeployMode.CLUSTER
                ? JAR_IN_IMAGE
                : home.resolve("lib/fettle.jar").toString());
    return new Submission(target, mode, sparkHome, jar, settings, options, job, List.of());
  }

  /** Everything that would make Spark fail later, and less clearly. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    Optional<String> master = master();
    if (master.isEmpty()) {
      problems.add(
          "--master must be given for %s: %sHOST:PORT"
              .formatted(
                  target.word(), target == Target.KUBERNETES ? "k8s://https://" : "spark://"));
    } else if (!master.get().startsWith(target.masterPrefix())) {
      problems.add(
          "--master must begin with %s for --target %s, but was %s"
              .formatted(target.masterPrefix(), target.word(), master.get()));
    }
    if (target == Target.STANDALONE && mode == DeployMode.CLUSTER) {
      problems.add(
          "--deploy-mode must be client on a standalone cluster, which ships no job file to its drivers");
    }
    if (target == Target.KUBERNETES && settings.get("spark.kubernetes.container.image").isEmpty()) {
      problems.add(
          "--conf spark.kubernetes.container.image must name Fettle's image (deploy/docker)");
    }
    try {
      Sizing.of(target, settings, Load.NONE);
    } catch (IllegalArgumentException e) {
      problems.add(requireNonNull(e.getMessage()));
    }
    for (String key : options.secrets()) {
      problems.add(
          "--conf %s must not be on a command line, which everyone on the machine can read;"
                  .formatted(key)
              + " put it into a file that only you can read, for --properties-file");
    }
    return problems;
  }

  private Optional<String> master() {
    Optional<String> given =
        options.settings().containsKey("spark.master")
            ? settings.get("spark.master")
            : settings.get("spark.master").filter(url -> url.startsWith(target.masterPrefix()));
    return given.or(() -> target == Target.YARN ? Optional.of("yarn") : Optional.empty());
  }

  /** With what {@code fettle run} is to be told besides the job file. */
  public Submission with(List<String> more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(more);
    return new Submission(
        target, mode, sparkHome, application, settings, options, job, List.copyOf(all));
  }

  /** Where Kubernetes takes files from, unless the user says where. */
  public Submission uploadingTo(String uri) {
    return target == Target.KUBERNETES && mode == DeployMode.CLUSTER
        ? withDefaults(Map.of(UPLOADS, uri))
        : this;
  }

  private Submission withDefaults(Map<String, String> more) {
    return new Submission(
        target, mode, sparkHome, application, settings.withDefaults(more), options, job, arguments);
  }

  /** Held to the arrays that its size allows for; beyond it a trial fails, and not its executor. */
  Submission sized(Sizing sizing) {
    Map<String, String> more = new LinkedHashMap<>();
    String java = settings.get("spark.executor.defaultJavaOptions").orElse("");
    String users = settings.get("spark.executor.extraJavaOptions").orElse("");
    if (!(java + users).contains("javacpp.maxBytes")) {
      more.put(
          "spark.executor.defaultJavaOptions",
          (java + " -Dorg.bytedeco.javacpp.maxBytes=" + sizing.arrayMebibytes() + "m").strip());
    }
    if (settings.get("spark.executor.memoryOverheadFactor").isEmpty()
        && target != Target.STANDALONE) {
      more.put("spark.executor.memoryOverhead", sizing.overheadMebibytes() + "m");
    }
    return withDefaults(more);
  }

  /** The same held to a size, and what a person should know of that. */
  public Sized sized(Load load) {
    Sizing sizing = Sizing.of(target, settings, load);
    return new Sized(sized(sizing), sizing.lines());
  }

  /** A submission of a size, and advice. */
  public record Sized(Submission submission, List<String> advice) {}

  /** The words of the command: the program, its options, the jar, the arguments. */
  public List<String> command() {
    List<String> words = new ArrayList<>();
    words.add(sparkHome.resolve("bin/spark-submit").toString());
    words.addAll(List.of("--class", MAIN));
    words.addAll(List.of("--master", master().orElseThrow(), "--deploy-mode", mode.word()));
    settings.defaults().forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
    options.without("--master", "--deploy-mode", "--files").words().forEach(words::add);
    files().ifPresent(files -> words.addAll(List.of("--files", files)));
    words.addAll(List.of(application, "run"));
    words.add(mode == DeployMode.CLUSTER ? job.getFileName().toString() : job.toString());
    words.addAll(arguments);
    return words;
  }

  /** A driver on the cluster finds the job file in its working directory. */
  private Optional<String> files() {
    Stream<String> own =
        mode == DeployMode.CLUSTER
            ? Stream.of(job.toAbsolutePath().normalize().toString())
            : Stream.empty();
    return Stream.concat(options.value("--files").stream(), own)
        .reduce((first, second) -> first + "," + second);
  }

  /** The command as a shell takes it, an option a line. */
  public String line() {
    StringBuilder line = new StringBuilder();
    for (String word : command()) {
      boolean begins = word.startsWith("--") || word.equals(application);
      line.append(line.isEmpty() ? "" : begins ? " \\\n  " : " ").append(quoted(word));
    }
    return line.toString();
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
