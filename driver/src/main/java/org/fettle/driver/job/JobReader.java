package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.fettle.driver.job.DataSpec.LearningTask;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.Goal;
import org.jspecify.annotations.Nullable;

/** Reads one job, section by section. */
final class JobReader {

  static final List<String> NETWORK_KEYS =
      List.of("data", "model", "training", "engine", "validation");
  private static final List<Setting> TOP =
      List.of(JobSettings.STUDY, JobSettings.SEED, JobSettings.OUTPUT, JobSettings.OBJECTIVE);

  static final List<String> KEYS =
      List.of(
          "study",
          "seed",
          "data",
          "model",
          "training",
          "engine",
          "validation",
          "objective",
          "parameters",
          "goal",
          "constraints",
          "search",
          "output");

  private final Catalog catalog;
  private final Path folder;
  private final Problems problems;
  private final SectionReader sections;
  private final ValueReader values;

  JobReader(Catalog catalog, Path folder, Problems problems) {
    this.catalog = catalog;
    this.folder = folder;
    this.problems = problems;
    this.sections = new SectionReader(problems);
    this.values = new ValueReader(problems);
  }

  ParsedJob read(Node root) {
    if (!(root instanceof Node.Fields job)) {
      problems.add("", root, "must be a map with the keys " + String.join(", ", KEYS));
      return new ParsedJob(Optional.empty(), Optional.empty(), problems);
    }
    values.unknownKeys(job, KEYS, "", "a job");
    Optional<Settings> top = top(job);
    boolean custom = job.nodes().containsKey("objective");
    Optional<DataSpec> data = custom ? Optional.empty() : data(job);
    Optional<LearningTask> task = custom ? Optional.empty() : task(job);
    Optional<Evaluation> evaluation = custom ? custom(job, top) : network(job, data, task);
    GoalSection metrics = new GoalSection(sections, custom, task);
    List<Goal> goals = required(job, "goal").map(metrics::goals).orElse(List.of());
    List<Constraint> constraints =
        given(job, "constraints").map(metrics::constraints).orElse(List.of());
    Optional<SearchSpec> search = search(job);
    if (!problems.isEmpty()) {
      return new ParsedJob(Optional.empty(), data, problems);
    }
    JobSpec spec =
        new JobSpec(
            top.orElseThrow().text("study"),
            top.orElseThrow().integer("seed"),
            evaluation.orElseThrow(),
            goals,
            constraints,
            search.orElseThrow(),
            top.orElseThrow().text("output"));
    return new ParsedJob(Optional.of(spec), data, problems);
  }

  private Optional<Settings> top(Node.Fields job) {
    Map<String, Node> nodes = new LinkedHashMap<>(job.nodes());
    nodes.keySet().retainAll(TOP.stream().map(Setting::name).toList());
    Optional<Settings> top = sections.read(new Node.Fields(nodes, job.place()), TOP, "");
    Object study = job.nodes().get("study") instanceof Node.Scalar scalar ? scalar.value() : null;
    if (study instanceof String name && !name.isBlank() && !JobSpec.isFolderName(name)) {
      problems.add("study", name, "must " + JobParser.STUDY_RULE);
    }
    return top;
  }

  private Optional<Node> given(Node.Fields job, String key) {
    return Optional.ofNullable(job.nodes().get(key));
  }

  private Optional<Node> required(Node.Fields job, String key) {
    if (!job.nodes().containsKey(key)) {
      problems.add(key, "must be given");
    }
    return given(job, key);
  }

  private Node orEmpty(Node.Fields job, String key) {
    Node node = job.nodes().get(key);
    boolean empty = node == null || node.equals(new Node.Scalar(null, node.place()));
    return empty ? new Node.Fields(Map.of(), problems.place(key)) : requireNonNull(node);
  }

  private Optional<DataSpec> data(Node.Fields job) {
    Optional<Node> node = required(job, "data");
    Set<String> keys =
        node.orElse(null) instanceof Node.Fields fields ? fields.nodes().keySet() : Set.of();
    return node.flatMap(given -> sections.read(given, JobSettings.DATA, "data"))
        .flatMap(settings -> new DataSection(problems, folder).read(settings, keys));
  }

  /** The task, also where the data section has problems elsewhere. */
  private Optional<LearningTask> task(Node.Fields job) {
    @Nullable Node task =
        job.nodes().get("data") instanceof Node.Fields data ? data.nodes().get("task") : null;
    Object word = task instanceof Node.Scalar scalar ? scalar.value() : null;
    for (LearningTask known : LearningTask.values()) {
      if (JobSpec.word(known).equals(word)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  private Optional<Evaluation> network(
      Node.Fields job, Optional<DataSpec> data, Optional<LearningTask> task) {
    if (job.nodes().containsKey("parameters")) {
      problems.add("parameters", "must come with an objective");
    }
    Setting model = JobSettings.model(catalog);
    Optional<Tunable> network =
        required(job, "model")
            .map(node -> values.read(node, model.type(), Spot.of("model", Spot.Search.ALLOWED)));
    Spot at = Spot.of("training", Spot.Search.ALLOWED);
    Tunable training = values.group(orEmpty(job, "training"), JobSettings.training(), at);
    task.ifPresent(known -> new LossCheck(problems, known).check(job.nodes().get("training")));
    Optional<Component> engine = engine(job);
    Optional<ValidationSpec> validation = validation(job, task);
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Evaluation.Network(
            data.orElseThrow(),
            network.orElseThrow(),
            training,
            engine.orElseThrow(),
            validation.orElseThrow()));
  }

  private Optional<Component> engine(Node.Fields job) {
    Map<String, Node> nodes = new LinkedHashMap<>(job.nodes());
    nodes.keySet().retainAll(Set.of("engine"));
    return sections
        .values(new Node.Fields(nodes, job.place()), List.of(JobSettings.engine(catalog)), "")
        .map(found -> Component.of((Map<?, ?>) requireNonNull(found.get("engine"))));
  }

  private Optional<ValidationSpec> validation(Node.Fields job, Optional<LearningTask> task) {
    boolean classes = !task.equals(Optional.of(LearningTask.REGRESSION));
    Optional<Settings> settings =
        sections.read(orEmpty(job, "validation"), JobSettings.VALIDATION, "validation");
    if (settings.isEmpty()) {
      return Optional.empty();
    }
    boolean stratified =
        settings.get().has("stratified") ? settings.get().flag("stratified") : classes;
    if (stratified && !classes) {
      problems.add(
          "validation.stratified", true, "must be false for regression, which has no classes");
    }
    int folds = Math.toIntExact(settings.get().integer("folds"));
    return Optional.of(new ValidationSpec(folds, stratified));
  }

  private Optional<Evaluation> custom(Node.Fields job, Optional<Settings> top) {
    for (String key : NETWORK_KEYS) {
      if (job.nodes().containsKey(key)) {
        problems.add(key, "must be left out, since the objective stands in its place");
      }
    }
    Node node = orEmpty(job, "parameters");
    if (!(node instanceof Node.Fields)) {
      problems.add("parameters", node, "must be a map");
    }
    Tunable parameters = values.read(node, null, Spot.of("parameters", Spot.Search.ALLOWED));
    if (problems.isEmpty() && !(parameters instanceof Tunable.Group)) {
      problems.add("parameters", "must be a map of values, not a domain");
    }
    return top.map(settings -> new Evaluation.Custom(settings.text("objective"), parameters));
  }

  private Optional<SearchSpec> search(Node.Fields job) {
    Node node = orEmpty(job, "search");
    if (node instanceof Node.Fields fields
        && fields.nodes().get("parallel") instanceof Node.Scalar scalar
        && "auto".equals(scalar.value())) {
      Map<String, Node> nodes = new LinkedHashMap<>(fields.nodes());
      nodes.remove("parallel");
      node = new Node.Fields(nodes, fields.place());
    }
    return sections.values(node, JobSettings.search(catalog), "search").map(JobReader::search);
  }

  private static SearchSpec search(Map<String, Object> values) {
    Component suggester = Component.of((Map<?, ?>) requireNonNull(values.get("suggester")));
    OptionalInt standard =
        suggester.name().equals("grid")
            ? OptionalInt.empty()
            : OptionalInt.of(JobSettings.DEFAULT_TRIALS);
    Object trials = values.get("trials");
    return new SearchSpec(
        suggester,
        trials == null ? standard : OptionalInt.of(((Number) trials).intValue()),
        values.get("parallel") instanceof Number parallel
            ? OptionalInt.of(parallel.intValue())
            : OptionalInt.empty());
  }
}
