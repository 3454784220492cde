package org.fettle.driver.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.ParsedJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fettle run}. */
@Command(
    name = "run",
    description = {
      "Runs a job to its end.",
      "",
      "Checks the job and its data first, and creates nothing if anything is wrong. Results go to"
          + " <output>/<study>. Ctrl-C ends the study with a journal that fettle show reads."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  fettle run job.yaml",
      "  fettle run job.yaml --set search.trials=100 --output hdfs:///studies",
      "  fettle run job.yaml --master 'local-cluster[2,1,2048]'"
    })
final class RunCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private final JobArguments arguments = new JobArguments();

  @Option(names = "--overwrite", description = "deletes an earlier study of that name first")
  private boolean overwrite;

  @Option(names = "--quiet", description = "prints the results alone, no progress")
  private boolean quiet;

  @Option(
      names = "--json",
      description = "prints a JSON object a line, for scripts: what happens, last the result")
  private boolean json;

  @Override
  public Integer call() {
    if (quiet && json) {
      throw new ParameterException(spec.commandLine(), "--quiet and --json exclude each other");
    }
    PrintWriter err = spec.commandLine().getErr();
    ParsedJob parsed = arguments.parse();
    String name = "fettle " + parsed.job().map(JobSpec::study).orElse("run");
    Optional<CheckedJob> checked = CheckedJob.of(parsed, name, err);
    if (checked.isEmpty()) {
      return Exit.INVALID;
    }
    StudyRun run = new StudyRun(checked.get(), spec.commandLine().getOut(), output());
    try {
      return run.run(overwrite);
    } finally {
      checked.get().spark().stop();
    }
  }

  private Output output() {
    if (json) {
      return Output.JSON;
    }
    return quiet ? Output.QUIET : Output.SHOWN;
  }
}
