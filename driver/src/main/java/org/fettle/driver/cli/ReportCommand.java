package org.fettle.driver.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.fettle.driver.report.html.ReportPage;
import org.fettle.driver.store.StudyFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fettle report}. */
@Command(
    name = "report",
    description = {
      "Writes a study's report, one page to be opened in a browser.",
      "",
      "The page needs nothing else, neither a server nor a network. A study that runs, or was cut"
          + " off, has a report too."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  fettle report studies/iris",
      "  fettle report hdfs:///studies/iris --to iris.html"
    })
final class ReportCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "STUDY_URI", description = "the study's folder, <output>/<study>")
  @SuppressWarnings("NullAway.Init")
  private String uri;

  @Option(
      names = "--to",
      paramLabel = "URI",
      description = "the file; by default report.html in the study's folder")
  private @Nullable String to;

  @Override
  public Integer call() {
    StoredStudy study = StoredStudy.at(uri);
    byte[] page = ReportPage.of(study.view()).getBytes(StandardCharsets.UTF_8);
    String place = to;
    if (place == null) {
      study.folder().write(StudyFolder.REPORT, page);
      place = study.folder().uri(StudyFolder.REPORT);
    } else {
      StudyFolder.writeFile(place, page, HadoopSettings.ofProcess());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("Report: " + place);
    out.flush();
    return Exit.DONE;
  }
}
