package org.fettle.driver.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fettle.driver.job.Catalog;
import org.fettle.driver.job.JobParser;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.ParsedJob;
import org.fettle.driver.report.optuna.OptunaReader;
import org.fettle.driver.report.optuna.OptunaStudy;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.JournalStore;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.store.StudyStatus;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Goal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fettle import}. */
@Command(
    name = "import",
    description = {
      "Makes a study of a journal of Optuna.",
      "",
      "The study can be shown, explained and reported like any other, and a job learns from it"
          + " that names it in search.warm-start. With --job its trials are those of that job:"
          + " parameters go by their names, with or without their section, or by --map; what a"
          + " trial lacks has its default, and a trial that does not fit is left out."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  fettle import optuna.log --study earlier",
      "  fettle import optuna.log --study earlier --job job.yaml --map lr=training.l2"
    })
final class ImportCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "JOURNAL", description = "the file of Optuna's JournalFileBackend")
  @SuppressWarnings("NullAway.Init")
  private String journal;

  @Option(
      names = "--study",
      required = true,
      paramLabel = "NAME",
      description = "name of the study to make")
  @SuppressWarnings("NullAway.Init")
  private String study;

  @Option(
      names = "--output",
      paramLabel = "URI",
      defaultValue = "studies",
      description = "where studies lie; default ${DEFAULT-VALUE}")
  private String output = "studies";

  @Option(
      names = "--optuna-study",
      paramLabel = "NAME",
      description = "which study of the journal, if it has several")
  private @Nullable String optunaStudy;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "names of the goals' metrics; by default what the journal says, or value")
  private List<String> metrics = new ArrayList<>();

  @Option(names = "--job", paramLabel = "JOB.yaml", description = "a job whose study it becomes")
  private @Nullable Path job;

  @Option(
      names = "--map",
      paramLabel = "OPTUNA=OURS",
      description = "a parameter's name in the journal and in the job; may be repeated")
  private Map<String, String> names = new LinkedHashMap<>();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    OptunaStudy read = OptunaReader.read(text(journal), Optional.ofNullable(optunaStudy), metrics);
    ParsedJob parsed = parse(read);
    if (parsed.job().isEmpty()) {
      err.println(parsed.problems());
      return Exit.INVALID;
    }
    JobSpec spec = parsed.job().get();
    if (spec.goals().size() != read.goals().size()) {
      err.println(
          "Job must have as many goals as the journal's study, %d, but has %d"
              .formatted(read.goals().size(), spec.goals().size()));
      return Exit.INVALID;
    }
    List<String> measured = spec.goals().stream().map(Goal::metric).toList();
    List<JournalEvent> events =
        read.events(
            Instant.now(Clock.systemUTC()), measured, values -> assign(spec.space(), values));
    long trials = events.stream().filter(JournalEvent.TrialStarted.class::isInstance).count();
    if (trials == 0) {
      err.println(
          "None of the journal's %d trials fits the job: name its parameters with --map"
              .formatted(read.size()));
      return Exit.INVALID;
    }
    StudyFolder folder = write(spec, read, events);
    PrintWriter out = this.spec.commandLine().getOut();
    out.println("Study " + study + " → " + folder.uri());
    out.println(
        "%d trials%s"
            .formatted(
                trials,
                trials < read.size() ? ", %d do not fit".formatted(read.size() - trials) : ""));
    out.println("A job learns from it with");
    out.println("  search: {warm-start: ['" + folder.uri() + "']}");
    out.flush();
    return Exit.DONE;
  }

  private ParsedJob parse(OptunaStudy read) {
    JobParser parser = new JobParser(Catalog.onClassPath());
    List<String> overrides = List.of("study=" + study, "output=\"" + output + "\"");
    return job == null
        ? parser.parse(read.job(study), journal, Path.of(""), overrides)
        : parser.read(job, overrides);
  }

  private static String text(String uri) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(uri);
    try (InputStream in = path.getFileSystem(HadoopSettings.ofProcess()).open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StoreException("Cannot read " + uri + ": " + e.getMessage(), e);
    }
  }

  /** A trial's values as an assignment of the job, if they fit it. */
  private Optional<Assignment> assign(SearchSpace space, Map<String, Object> values) {
    Map<String, Object> ours = new LinkedHashMap<>();
    values.forEach(
        (name, value) ->
            parameter(space, name)
                .ifPresent(
                    parameter ->
                        ours.put(
                            parameter.name(),
                            parameter instanceof DoubleParameter && value instanceof Long whole
                                ? (Object) (double) whole
                                : value)));
    Assignment assignment = new Assignment(ours);
    if (job == null) {
      return Optional.of(assignment);
    }
    try {
      return ours.isEmpty() ? Optional.empty() : Optional.of(space.completing(assignment));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<Parameter> parameter(SearchSpace space, String name) {
    String wanted = names.getOrDefault(name, name);
    return space.parameters().stream()
        .filter(
            each ->
                each.name().equals(wanted)
                    || each.name()
                        .replaceFirst("^(model|training|parameters)\\.", "")
                        .equals(wanted)
                    || each.name().equals("parameters." + OptunaStudy.key(wanted)))
        .findFirst();
  }

  private StudyFolder write(JobSpec spec, OptunaStudy read, List<JournalEvent> events) {
    StudyFolder folder = StudyFolder.at(output + "/" + study, HadoopSettings.ofProcess());
    if (folder.holdsStudy()) {
      throw new StoreException(
          "Cannot begin %s: a study is there already; give another --study"
              .formatted(folder.uri()));
    }
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("jobDigest", spec.digest());
    provenance.put("imported", journal);
    provenance.put("optunaStudy", read.name());
    provenance.put("versions", Map.of("fettle", Version.fettle()));
    folder.writeJson(StudyFolder.STUDY, Map.of("job", spec.canonical(), "provenance", provenance));
    Instant begin = events.get(0).at();
    Instant end = events.get(events.size() - 1).at();
    List<JournalEvent> journal = new ArrayList<>();
    journal.add(
        new JournalEvent.StudyCreated(begin, JournalStore.FORMAT, spec.canonical(), provenance));
    journal.addAll(events);
    journal.add(new JournalEvent.StudyEnded(end, StudyStatus.DONE, Optional.empty()));
    folder.writeJournal(journal);
    return folder;
  }
}
