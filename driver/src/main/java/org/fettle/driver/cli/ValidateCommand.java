package org.fettle.driver.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fettle.driver.job.JobSpec;
import org.fettle.executor.data.Folds;
import org.fettle.executor.data.StudyData;
import org.fettle.search.space.Parameter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fettle validate}. */
@Command(
    name = "validate",
    description = {
      "Checks a job file and its data, and runs nothing.",
      "",
      "Prints every problem with its path, line, value and cure; or what would be searched."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ValidateCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private final JobArguments arguments = new JobArguments();

  @Override
  public Integer call() {
    JobArguments.Given given = arguments.parse(spec.commandLine());
    Optional<CheckedJob> checked =
        CheckedJob.of(
            given.parsed(), "fettle validate", given.repeats(), spec.commandLine().getErr());
    if (checked.isEmpty()) {
      return Exit.INVALID;
    }
    try {
      print(checked.get(), spec.commandLine().getOut());
      return Exit.DONE;
    } finally {
      checked.get().spark().stop();
    }
  }

  /** "validation: 5 runs a trial; the first trains on 120 rows and is judged by 30". */
  private static String folds(Folds folds) {
    String test =
        folds.test().length == 0 ? "" : "; no trial sees " + folds.test().length + " test rows";
    return "validation: %d %s a trial; the first trains on %d rows and is judged by %d%s"
        .formatted(
            folds.count(),
            folds.count() == 1 ? "run" : "runs",
            folds.training(0).length,
            folds.validation(0).length,
            test);
  }

  private static void print(CheckedJob checked, PrintWriter out) {
    JobSpec job = checked.job();
    Optional<StudyData> data = checked.data();
    out.println("Study " + job.study() + " is valid");
    data.ifPresent(
        each ->
            out.println(
                "  data: %d rows, %d columns, %s"
                    .formatted(
                        each.table().rows(),
                        each.table().columns().size(),
                        each.table().labels().isEmpty()
                            ? "regression"
                            : "classes " + each.table().labels())));
    data.ifPresent(each -> out.println("  " + folds(each.folds())));
    data.ifPresent(each -> DataNotes.of(each).forEach(note -> out.println("  note: " + note)));
    checked
        .engine()
        .ifPresent(each -> out.println("  engine: " + each.engine() + ", " + each.reason()));
    out.println("  parameters:");
    for (Parameter parameter : job.space().parameters()) {
      boolean always = parameter.condition().parents().isEmpty();
      out.println(
          "    %s: %s%s"
              .formatted(
                  parameter.name(),
                  parameter.summary(),
                  always ? "" : ", when " + parameter.condition()));
    }
    out.flush();
  }
}
