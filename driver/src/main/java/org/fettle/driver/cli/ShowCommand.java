package org.fettle.driver.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.fettle.driver.report.Diagnosis;
import org.fettle.driver.report.Summary;
import org.fettle.driver.store.Presence;
import org.fettle.driver.store.StudyStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fettle show}. */
@Command(
    name = "show",
    description = "Shows a study: one that runs, one that was stopped, or one that is done.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  fettle show studies/iris --best 20"})
final class ShowCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "STUDY_URI", description = "the study's folder, <output>/<study>")
  @SuppressWarnings("NullAway.Init")
  private String uri;

  @Option(
      names = "--best",
      paramLabel = "N",
      defaultValue = "10",
      description = "how many of the best trials to list; default ${DEFAULT-VALUE}")
  private int best;

  private static String open(Presence presence) {
    return presence.seemsAlive(Instant.now())
        ? "running, by " + presence.driver()
        : "cut off; it was run by %s%s"
            .formatted(
                presence.driver(),
                presence.heard().map(at -> ", and last heard of at " + at).orElse(""));
  }

  @Override
  public Integer call() {
    print(StoredStudy.at(uri), best, spec.commandLine().getOut());
    return Exit.DONE;
  }

  static void print(StoredStudy study, int best, PrintWriter out) {
    StudyStatus status = study.replay().status();
    String word =
        status == StudyStatus.OPEN
            ? study.folder().presence().map(ShowCommand::open).orElse("running or cut off")
            : status.name().toLowerCase(Locale.ROOT);
    out.println("Study " + study.job().study() + ", " + word);
    study.replay().reason().ifPresent(reason -> out.println("Stopped: " + reason));
    out.print(new Summary(study.replay(), best) + Diagnosis.lines(study.replay()));
    out.flush();
  }
}
