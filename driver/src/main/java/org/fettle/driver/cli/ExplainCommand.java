package org.fettle.driver.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fettle.driver.job.Problems;
import org.fettle.driver.report.Explanation;
import org.fettle.driver.study.Search;
import org.fettle.search.study.History;
import org.fettle.search.suggest.Suggestion;
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

  private static final int SUGGESTIONS = 3;

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
    next(study).forEach(out::println);
    out.flush();
    return Exit.DONE;
  }

  /** What the search would suggest if the study went on. */
  private static List<String> next(StoredStudy study) {
    if (study.replay().history().completed().isEmpty()) {
      return List.of();
    }
    List<History> earlier =
        EarlierStudies.of(
                study.job(), Optional.of(study.folder()), new Problems(study.folder().uri()))
            .stream()
            .map(each -> each.replay().history())
            .toList();
    List<Suggestion> suggestions =
        Search.of(study.job(), earlier).suggester().suggest(study.replay().history(), SUGGESTIONS);
    List<String> lines = new ArrayList<>(List.of("", "What the search would try next"));
    suggestions.forEach(each -> lines.add("  " + Explanation.suggestion(each)));
    if (suggestions.isEmpty()) {
      lines.add("  nothing: its space is exhausted");
    }
    return lines;
  }
}
