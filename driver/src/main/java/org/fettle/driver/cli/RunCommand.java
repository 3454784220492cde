package org.fettle.driver.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fettle.driver.cli.StudyStart.Existing;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.ParsedJob;
import org.fettle.driver.store.Secrets;
import org.fettle.driver.store.StudyFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fettle run}. */
@Command(
    name = "run",
    description = {
      "Runs a job to its end.",
      "",
      "Checks the job and its data first, and creates nothing if anything is wrong. Results go to"
          + " <output>/<study>. A study that was stopped or cut off goes on, with this command or"
          + " fettle resume."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  fettle run job.yaml",
      "  fettle run job.yaml --set search.trials=100 --output hdfs:///studies",
      "  fettle run job.yaml --master 'local-cluster[2,1,2048]'",
      "  fettle run --from studies/iris/study.json --output studies/again"
    })
final class RunCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private final JobArguments arguments = new JobArguments();

  @Option(names = "--overwrite", description = "deletes an earlier study of that name first")
  private boolean overwrite;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    JobArguments.Given given = arguments.parse(spec.commandLine());
    ParsedJob parsed = given.parsed();
    String name = "fettle " + parsed.job().map(JobSpec::study).orElse("run");
    Optional<StudyFolder> folder =
        parsed
            .job()
            .filter(job -> Secrets.masked(job.output()).equals(job.output()))
            .map(
                job ->
                    StudyFolder.at(job.output() + "/" + job.study(), HadoopSettings.ofProcess()));
    Optional<StudyFolder> begun = folder.filter(each -> !overwrite && each.holdsStudy());
    Optional<CheckedJob> checked = CheckedJob.of(parsed, name, begun.or(given::repeats), err);
    if (checked.isEmpty()) {
      return Exit.INVALID;
    }
    try {
      List<String> otherData =
          given.repeats().isEmpty()
              ? List.of()
              : JobChanges.ofData(given.provenance(), Provenance.of(checked.get()));
      if (!otherData.isEmpty()) {
        err.println("Cannot repeat the study: its data is no longer what it was:");
        otherData.forEach(line -> err.println("  " + line));
        return Exit.INVALID;
      }
      return new StudyRun(checked.get(), folder.orElseThrow(), spec.commandLine().getOut(), err)
          .run(overwrite ? Existing.OVERWRITE : Existing.CONTINUE);
    } finally {
      checked.get().spark().stop();
    }
  }
}
