package org.fettle.driver.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fettle.driver.job.Catalog;
import org.fettle.driver.job.JobParser;
import org.fettle.driver.job.ParsedJob;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The job, from its file or from a study, and what the command line changes in it. */
final class JobArguments {

  @Parameters(index = "0", paramLabel = "JOB.yaml", arity = "0..1", description = "the job file")
  private @Nullable Path file;

  @Option(
      names = "--from",
      paramLabel = "URI",
      description = {
        "in place of a job file: a study, or its study.json,",
        "to be repeated on the same data"
      })
  private @Nullable String from;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "changes the job: --set search.trials=50",
        "--set 'training.epochs={int: [5, 20]}'; may be repeated"
      })
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "URI",
      description = "where studies lie, on any Hadoop file system")
  private @Nullable String output;

  /** The job's file; empty for one that repeats a study. */
  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** What changes the job, as it was given, but for the output. */
  List<String> overrides() {
    return overrides.stream().flatMap(each -> Stream.of("--set", each)).toList();
  }

  /**
   * A job, and the study that it repeats.
   *
   * @param provenance of that study
   */
  record Given(ParsedJob parsed, Optional<StudyFolder> repeats, Map<String, Object> provenance) {}

  /**
   * Reads the job.
   *
   * @param command for what is wrong with the arguments
   */
  Given parse(CommandLine command) {
    List<String> all = new ArrayList<>(overrides);
    // Quoted as JSON, which YAML reads, so that no character of a URI is taken for syntax.
    Optional.ofNullable(output)
        .ifPresent(
            uri -> all.add("output=\"" + uri.replace("\\", "\\\\").replace("\"", "\\\"") + "\""));
    JobParser parser = new JobParser(Catalog.onClassPath());
    if (from != null && file == null) {
      return repeated(parser, from, all);
    }
    if (file == null || from != null) {
      throw new ParameterException(command, "Either JOB.yaml or --from must be given");
    }
    return new Given(parser.read(file, all), Optional.empty(), Map.of());
  }

  private static Given repeated(JobParser parser, String from, List<String> overrides) {
    String uri = from.replaceFirst("/*(" + StudyFolder.STUDY + ")?/*$", "");
    StudyFolder folder = StudyFolder.at(uri.isEmpty() ? "." : uri, HadoopSettings.ofProcess());
    Map<String, Object> study = folder.readJson(StudyFolder.STUDY);
    return new Given(
        parser.parse(map(study, "job", from), from, Path.of(""), overrides),
        Optional.of(folder),
        map(study, "provenance", from));
  }

  @SuppressWarnings("unchecked") // JSON's keys are strings.
  private static Map<String, Object> map(Map<String, Object> study, String key, String from) {
    if (!(study.get(key) instanceof Map<?, ?> map)) {
      throw new StoreException("Cannot read " + from + ": it lacks " + key);
    }
    return (Map<String, Object>) map;
  }
}
