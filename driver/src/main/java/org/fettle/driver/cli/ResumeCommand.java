package org.fettle.driver.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fettle.driver.cli.StudyStart.Existing;
import org.fettle.driver.job.Catalog;
import org.fettle.driver.job.JobParser;
import org.fettle.driver.job.ParsedJob;
import org.fettle.driver.store.Holder;
import org.fettle.driver.store.JournalStore;
import org.fettle.driver.store.StudyFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fettle resume}. */
@Command(
    name = "resume",
    description = {
      "Goes on with a study that was stopped or cut off, or gives one more trials.",
      "",
      "The job is the study's own; its data must be what it was. Trials that ended stay as they"
          + " are, those that ran run the folds they lack, and suggestions go on as if nothing had"
          + " happened."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  fettle resume hdfs:///studies/iris",
      "  fettle resume studies/iris --set search.trials=200"
    })
final class ResumeCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "STUDY_URI", description = "the study's folder, <output>/<study>")
  @SuppressWarnings("NullAway.Init")
  private String uri;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "changes how long, how fast or where the study goes on,",
        "as search.trials, search.parallel and search.stop"
      })
  private List<String> overrides = new ArrayList<>();

  @Option(names = "--repair", description = "puts a damaged last piece of the journal aside first")
  private boolean repair;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    StudyFolder folder = StudyFolder.at(uri, HadoopSettings.ofProcess());
    if (repair) {
      repair(folder, err);
    }
    StoredStudy study = StoredStudy.in(folder);
    ParsedJob parsed =
        new JobParser(Catalog.onClassPath())
            .parse(study.job().canonical(), folder.uri(), Path.of(""), overrides);
    Optional<CheckedJob> checked =
        CheckedJob.of(parsed, "fettle " + study.job().study(), Optional.of(folder), err);
    if (checked.isEmpty()) {
      return Exit.INVALID;
    }
    StudyRun run = new StudyRun(checked.get(), folder, spec.commandLine().getOut(), err);
    try {
      return run.run(Existing.RESUME);
    } finally {
      checked.get().spark().stop();
    }
  }

  private static void repair(StudyFolder folder, PrintWriter err) throws InterruptedException {
    if (!folder.holdsStudy()) {
      return; // Reading it says so.
    }
    Holder holder = Holder.here(StudyStart.user(), "", 0, Instant.now());
    try (JournalStore journal = folder.claimJournal(holder, err::println)) {
      err.println(
          journal
              .repair()
              .map(damaged -> "Put aside: journal/" + damaged)
              .orElse("Nothing to repair"));
    }
  }
}
