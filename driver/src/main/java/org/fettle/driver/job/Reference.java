package org.fettle.driver.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fettle.optimizers.metric.Metric;
import org.fettle.optimizers.metric.Metrics;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.search.settings.NearMatch;
import org.fettle.search.settings.Provider;
import org.fettle.search.settings.Setting;

/**
 * Says what a job file can hold, from the settings that also check it. Text is at most 80 columns
 * wide.
 */
public final class Reference {

  private final List<Topic> job;
  private final List<Topic> metrics;

  public Reference(Catalog catalog) {
    this.job =
        List.of(
            Topic.setting(JobSettings.STUDY, List.of()),
            Topic.setting(JobSettings.SEED, List.of()),
            Topic.section(
                "data",
                "what to learn from",
                JobSettings.DATA,
                "{source: iris.csv, target: species, task: classification}"),
            Topic.setting(JobSettings.model(catalog), catalog.templates()),
            Topic.group(
                "training",
                "how the network is trained",
                JobSettings.training(),
                TrainingSpec.docs(),
                Example.NONE.open("training")),
            engine(catalog),
            placement(),
            Topic.group(
                "validation",
                "how a trial is judged",
                JobSettings.VALIDATION,
                Example.NONE.open("validation")),
            Topic.setting(JobSettings.OBJECTIVE, List.of()),
            Topic.section(
                "parameters",
                "values and domains for your objective, as you like",
                List.of(),
                "{x: {float: [-5.0, 5.0]}, rounds: 3}"),
            Topic.section(
                "goal",
                "what to look for; several goals are a list",
                JobSettings.GOAL,
                "{maximize: accuracy}"),
            Topic.section(
                "constraints",
                "a list of bounds on metrics of a trial",
                JobSettings.CONSTRAINT,
                "[{metric: log-loss, at-most: 0.5}]"),
            search(catalog),
            pruning(catalog),
            Topic.section(
                "checkpoint",
                "how often long runs leave what they have learnt, to go on from when they break off",
                JobSettings.CHECKPOINT,
                "{every-epochs: 10, keep: 2}"),
            Topic.section(
                "failures",
                "how long trials may take, and how often broken runs are begun again",
                JobSettings.FAILURES,
                "{trial-timeout: 90, executor-lost: 5}"),
            Topic.setting(JobSettings.TENSORBOARD, List.of()),
            Topic.section(
                "mlflow",
                "a tracking server of MLflow that gets the trials as runs; left out, none",
                JobSettings.MLFLOW,
                "{tracking-uri: http://localhost:5000}"),
            Topic.setting(JobSettings.LISTENERS, List.of()),
            Topic.setting(JobSettings.OUTPUT, List.of()));
    this.metrics = Metrics.all().stream().map(Reference::metric).toList();
  }

  private static Topic engine(Catalog catalog) {
    Map<String, String> docs = new LinkedHashMap<>(Topic.docs(catalog.engines()));
    docs.put(
        Evaluation.Network.AUTO,
        "the engine that suits the job: one that uses a device that is there, else the quickest on"
            + " CPUs; the study says which it was");
    return Topic.setting("engine", JobSettings.engine(catalog), docs, Example.NONE);
  }

  private static Topic placement() {
    Map<String, String> docs = new LinkedHashMap<>();
    docs.put(ClusterPlacement.EXECUTOR, "each run is one task, which has all rows");
    docs.put(
        ClusterPlacement.CLUSTER,
        "several tasks train each run, for data or training too large for one executor: rows stay"
            + " spread, and engine dl4j trains, or torch with exchange: gradients");
    return Topic.setting("placement", JobSettings.placement(), docs, Example.NONE);
  }

  private static Topic search(Catalog catalog) {
    List<Setting> settings = JobSettings.search(catalog);
    Example above = Example.NONE.open("search");
    List<Topic> below = new ArrayList<>();
    for (Setting setting : settings) {
      List<? extends Provider> providers =
          setting.name().equals("stop") ? catalog.stopRules() : catalog.suggesters();
      String path = "search." + setting.name();
      below.add(Topic.setting(path, setting, Topic.docs(providers), above));
    }
    below.add(
        assignments(
            "start",
            "assignments tried first; what one leaves out takes its default, or the middle",
            "[{training.batch-size: 64}]"));
    below.add(
        assignments(
            "forbidden",
            "combinations of values that are not tried",
            "[{model.activation: tanh, training.batch-size: 32}]"));
    String doc = "how the space is searched";
    return new Topic("search", doc, Optional.empty(), below, above.of(settings));
  }

  private static Topic assignments(String name, String doc, String example) {
    Example line = Example.NONE.open("search").line(name + ": " + example);
    return new Topic("search." + name, doc, Optional.empty(), List.of(), line);
  }

  private static Topic pruning(Catalog catalog) {
    Setting pruner = JobSettings.pruning(catalog).get(0);
    Example above = Example.NONE.open("pruning");
    Topic below = Topic.setting("pruning.pruner", pruner, Topic.docs(catalog.pruners()), above);
    Example example = above.line("pruner: halving");
    String doc = "which trials are given up early; left out, none";
    return new Topic("pruning", doc, Optional.empty(), List.of(below), example);
  }

  private static Topic metric(Metric metric) {
    boolean higher = metric.better() == Metric.Better.HIGHER;
    String doc = metric.doc() + "; " + (higher ? "more" : "less") + " is better";
    String goal = higher ? "maximize: " : "minimize: ";
    Example example = Example.NONE.line("goal: {" + goal + metric.name() + "}");
    return new Topic("goal." + metric.name(), doc, Optional.empty(), List.of(), example);
  }

  /** All names, by group, each with a line that says what it is. */
  public String all() {
    ReferenceText text = new ReferenceText();
    text.list("Keys of a job file", job);
    text.list("Networks: model.template", find("model").below());
    text.list("Updaters: training.updater", find("training.updater").below());
    text.list("Schedules: training.schedule", find("training.schedule").below());
    text.list("Clipping: training.clip", find("training.clip").below());
    text.list("Losses: training.loss", find("training.loss").below());
    text.list("Early stopping: training.early-stopping", find("training.early-stopping").below());
    text.list("Engines: engine", find("engine").below());
    text.list("Placements: placement", find("placement").below());
    text.list("Suggesters: search.suggester", find("search.suggester").below());
    text.list("Pruners: pruning.pruner", find("pruning.pruner").below());
    text.list("Stop rules: search.stop", find("search.stop").below());
    text.list("Metrics: goal and constraints", metrics);
    text.list("Search domains, in place of values", ReferenceText.DOMAINS);
    return text.toString();
  }

  /**
   * Says all about what has a name: a key of the job file such as {@code training}, a component
   * such as {@code adam}, a path or the end of one such as {@code batch-size}; {@code job} is the
   * file as a whole. Empty where nothing has that name.
   */
  public Optional<String> describe(String name) {
    if (name.equals("job")) {
      ReferenceText text = new ReferenceText();
      text.list("Keys of a job file", job);
      text.example(ReferenceText.JOB);
      return Optional.of(text.toString());
    }
    List<Topic> exact = topics().stream().filter(topic -> topic.path().equals(name)).toList();
    List<Topic> found =
        exact.isEmpty()
            ? topics().stream().filter(topic -> topic.path().endsWith("." + name)).toList()
            : exact;
    ReferenceText text = new ReferenceText();
    found.forEach(text::topic);
    return found.isEmpty() ? Optional.empty() : Optional.of(text.toString());
  }

  /** What to say about a name that nothing has: "Name must be known, but was adm: did you …". */
  public String unknown(String name) {
    List<String> names = new ArrayList<>(List.of("job"));
    topics().forEach(topic -> names.addAll(List.of(topic.name(), topic.path())));
    String hint = NearMatch.hint(name, names);
    return "Name must be one that a job file can hold, but was %s: %s"
        .formatted(name, hint.isEmpty() ? "without a name, describe lists all" : hint);
  }

  List<Topic> topics() {
    return Stream.of(job.stream(), metrics.stream(), ReferenceText.DOMAINS.stream())
        .flatMap(topics -> topics)
        .flatMap(topic -> topic.all().stream())
        .toList();
  }

  private Topic find(String path) {
    return topics().stream().filter(topic -> topic.path().equals(path)).findFirst().orElseThrow();
  }

  /** The type and the default of a setting: "integer ≥ 1, default 20". */
  static String summary(Setting setting) {
    String type = setting.type().summary();
    if (setting.required()) {
      return type + ", required";
    }
    return setting
        .defaultValue()
        .map(value -> type + ", default " + Node.of(value, Place.FILE).text())
        .orElse(type);
  }
}
