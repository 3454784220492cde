package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.driver.job.DataSpec.LearningTask;
import org.fettle.optimizers.network.FileTemplateProvider;
import org.fettle.search.settings.Setting;

/** Reads the sections of a job that trains a network. */
final class NetworkReader {

  static final List<String> KEYS =
      List.of("data", "model", "training", "engine", "placement", "validation");

  private final Catalog catalog;
  private final Path folder;
  private final Problems problems;
  private final Node.Fields job;
  private final Optional<LearningTask> task;

  NetworkReader(Catalog catalog, Path folder, Problems problems, Node.Fields job) {
    this.folder = folder;
    this.catalog = catalog;
    this.problems = problems;
    this.job = job;
    this.task = task(job);
  }

  /** The task, also where the data section has problems. */
  static Optional<LearningTask> task(Node.Fields job) {
    Object word = job.section("data") instanceof Node.Fields data ? data.scalar("task") : null;
    for (LearningTask known : LearningTask.values()) {
      if (JobSpec.word(known).equals(word)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  Optional<Evaluation> read(Optional<DataSpec> data) {
    if (job.nodes().containsKey("parameters")) {
      problems.add("parameters", "must come with an objective");
    }
    if (!job.nodes().containsKey("model")) {
      problems.add("model", "must be given");
    }
    ValueReader values = new ValueReader(problems);
    Setting declared = JobSettings.model(catalog);
    Optional<Tunable> model =
        Optional.ofNullable(job.nodes().get("model"))
            .map(
                node ->
                    values.read(
                        located(node), declared.type(), Spot.of("model", Spot.Search.ALLOWED)));
    Tunable training =
        values.group(
            job.section("training"),
            JobSettings.training(),
            Spot.of("training", Spot.Search.ALLOWED));
    refuseChosenFiles(job.section("model"), "model");
    task.ifPresent(known -> new LossCheck(problems, known).check(job.section("training")));
    Optional<Component> engine = component("engine", JobSettings.engine(catalog));
    Optional<Component> placement = component("placement", JobSettings.placement());
    Optional<ValidationSpec> validation =
        new ValidationSection(problems, task).read(job.section("validation"));
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Evaluation.Network(
            data.orElseThrow(),
            model.orElseThrow(),
            training,
            engine.orElseThrow(),
            ClusterPlacement.of(placement.orElseThrow()),
            validation.orElseThrow(),
            Optional.empty()));
  }

  /** A model's file is read before anything runs: there is one. */
  private void refuseChosenFiles(Node model, String path) {
    if (model instanceof Node.Fields fields
        && fields.nodes().get("choice") instanceof Node.Items options) {
      options
          .children(path + ".choice")
          .forEach(
              (each, option) -> {
                if (takesFile(option)) {
                  problems.add(
                      each + ".template",
                      ((Node.Fields) option).nodes().get("template"),
                      "must take no file where the model is a choice",
                      "give it a study of its own");
                }
                refuseChosenFiles(option, each);
              });
    }
  }

  private boolean takesFile(Node model) {
    return model instanceof Node.Fields fields
        && catalog.templates().stream()
            .filter(FileTemplateProvider.class::isInstance)
            .anyMatch(each -> each.name().equals(fields.scalar("template")));
  }

  /** With the path of its file, where the template takes one, made absolute. */
  private Node located(Node model) {
    if (!(model instanceof Node.Fields fields) || !takesFile(model)) {
      return model;
    }
    Node file = fields.nodes().get(FileTemplateProvider.FILE);
    if (file instanceof Node.Fields) {
      problems.add("model." + FileTemplateProvider.FILE, file, "must be one file");
    }
    if (file == null || !(fields.scalar(FileTemplateProvider.FILE) instanceof String path)) {
      return model;
    }
    Map<String, Node> nodes = new LinkedHashMap<>(fields.nodes());
    nodes.put(FileTemplateProvider.FILE, Node.of(DataSection.absolute(folder, path), file.place()));
    return new Node.Fields(nodes, fields.place());
  }

  private Optional<Component> component(String key, Setting declared) {
    return new SectionReader(problems)
        .values(job.only(List.of(key)), List.of(declared), "")
        .map(found -> Component.of((Map<?, ?>) requireNonNull(found.get(key))));
  }
}
