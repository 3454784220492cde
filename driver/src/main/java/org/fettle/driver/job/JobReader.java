package org.fettle.driver.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fettle.driver.job.DataSpec.LearningTask;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.Goal;

/** Reads one job, section by section. */
final class JobReader {

  private static final List<Setting> TOP =
      List.of(JobSettings.STUDY, JobSettings.SEED, JobSettings.OUTPUT, JobSettings.OBJECTIVE);

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
      String keys = String.join(", ", JobSettings.KEYS);
      problems.add("", root, "must be a map with the keys " + keys);
      return ParsedJob.nothing(problems);
    }
    values.unknownKeys(job, JobSettings.KEYS, "", "a job");
    Optional<Settings> top = top(job);
    boolean custom = job.nodes().containsKey("objective");
    Optional<DataSpec> data = custom ? Optional.empty() : data(job);
    Optional<String> source = new DataSection(problems, folder).source(job.section("data"));
    Optional<ValidationSpec.Column> dividing = ValidationSection.column(job.section("validation"));
    Optional<Evaluation> evaluation =
        custom ? custom(job, top) : new NetworkReader(catalog, folder, problems, job).read(data);
    Optional<LearningTask> task = custom ? Optional.empty() : NetworkReader.task(job);
    GoalSection metrics = new GoalSection(sections, custom, task);
    List<Goal> goals = required(job, "goal").map(metrics::goals).orElse(List.of());
    List<Constraint> constraints =
        Optional.ofNullable(job.nodes().get("constraints"))
            .map(given -> metrics.constraints(given, goals))
            .orElse(List.of());
    SearchSection searching = new SearchSection(catalog, problems);
    Optional<SearchSpec> search =
        searching.search(job.section("search"), evaluation.map(Evaluation::space));
    search.ifPresent(found -> searching.checkGoals(found.suggester(), goals));
    Optional<Component> pruner = searching.pruner(job.section("pruning"));
    Optional<CheckpointSpec> checkpoint =
        sections
            .read(job.section("checkpoint"), JobSettings.CHECKPOINT, "checkpoint")
            .map(CheckpointSpec::of);
    Optional<FailureSpec> failures =
        sections
            .read(job.section("failures"), JobSettings.FAILURES, "failures")
            .map(FailureSpec::of);
    if (!problems.isEmpty()) {
      return new ParsedJob(Optional.empty(), source, data, dividing, problems);
    }
    JobSpec spec =
        new JobSpec(
            top.orElseThrow().text("study"),
            top.orElseThrow().integer("seed"),
            evaluation.orElseThrow(),
            goals,
            constraints,
            search.orElseThrow(),
            pruner,
            checkpoint.orElseThrow(),
            failures.orElseThrow(),
            top.orElseThrow().text("output"));
    PopulationSpec.of(spec).ifPresent(population -> population.check(problems));
    if (!problems.isEmpty()) {
      return new ParsedJob(Optional.empty(), source, data, dividing, problems);
    }
    return new ParsedJob(Optional.of(spec), source, data, dividing, problems);
  }

  private Optional<Settings> top(Node.Fields job) {
    Node.Fields own = job.only(TOP.stream().map(Setting::name).toList());
    if (job.scalar("study") instanceof String name
        && !name.isBlank()
        && !JobSpec.isFolderName(name)) {
      problems.add("study", name, "must " + JobParser.STUDY_RULE);
    }
    return sections.read(own, TOP, "");
  }

  private Optional<DataSpec> data(Node.Fields job) {
    return required(job, "data")
        .flatMap(given -> new DataSection(problems, folder).read(job.section("data")));
  }

  private Optional<Node> required(Node.Fields job, String key) {
    if (!job.nodes().containsKey(key)) {
      problems.add(key, "must be given");
    }
    return Optional.ofNullable(job.nodes().get(key));
  }

  private Optional<Evaluation> custom(Node.Fields job, Optional<Settings> top) {
    for (String key : NetworkReader.KEYS) {
      if (job.nodes().containsKey(key)) {
        problems.add(key, "must be left out, since the objective stands in its place");
      }
    }
    Node node = job.section("parameters");
    if (!(node instanceof Node.Fields fields) || Domain.is(fields)) {
      problems.add("parameters", node, "must be a map of values and domains");
      return Optional.empty();
    }
    Tunable parameters = values.read(node, null, Spot.of("parameters", Spot.Search.ALLOWED));
    return top.map(settings -> new Evaluation.Custom(settings.text("objective"), parameters));
  }
}
