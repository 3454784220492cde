package org.fettle.driver.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fettle.driver.job.Catalog;
import org.fettle.driver.job.JobParser;
import org.fettle.driver.job.ParsedJob;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The job file and what the command line changes in it. */
final class JobArguments {

  @Parameters(index = "0", paramLabel = "JOB.yaml", description = "the job file")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

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

  Path file() {
    return file;
  }

  /** What changes the job, as it was given, but for the output. */
  List<String> overrides() {
    return overrides.stream().flatMap(each -> Stream.of("--set", each)).toList();
  }

  ParsedJob parse() {
    List<String> all = new ArrayList<>(overrides);
    // Quoted as JSON, which YAML reads, so that no character of a URI is taken for syntax.
    Optional.ofNullable(output)
        .ifPresent(
            uri -> all.add("output=\"" + uri.replace("\\", "\\\\").replace("\"", "\\\"") + "\""));
    return new JobParser(Catalog.onClassPath()).read(file, all);
  }
}
