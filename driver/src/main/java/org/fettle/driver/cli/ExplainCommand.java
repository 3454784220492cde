package org.fettle.driver.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.fettle.driver.report.Explanation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fettle explain}. */
@Command(
    name = "explain",
    description = {
      "Says in words why a study's best trial won.",
      "",
      "Which parameters mattered, which depend on each other, how the best trial depends on each of"
          + " its values, how it trains, how far scores can be trusted, and what to try next."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  fettle explain studies/iris"})
final class ExplainCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "STUDY_URI", description = "the study's folder, <output>/<study>")
  @SuppressWarnings("NullAway.Init")
  private String uri;

  @Override
  public Integer call() {
    StoredStudy study = StoredStudy.at(uri);
    PrintWriter out = spec.commandLine().getOut();
    int size = study.replay().history().size();
    out.println("Study " + study.job().study() + ", " + size + (size == 1 ? " trial" : " trials"));
    out.print(Explanation.of(study.replay()));
    out.flush();
    return Exit.DONE;
  }
}
