package org.fettle.driver.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fettle.driver.job.Catalog;
import org.fettle.driver.job.Reference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fettle describe}. */
@Command(
    name = "describe",
    description = {
      "Says what a job file can hold, with types, ranges and defaults.",
      "",
      "Without a name it lists every name there is."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Examples:", "  fettle describe", "  fettle describe adam"})
final class DescribeCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "a section, template, updater, suggester, metric or engine")
  private @Nullable String name;

  @Override
  public Integer call() {
    Reference reference = new Reference(Catalog.onClassPath());
    PrintWriter out = spec.commandLine().getOut();
    if (name == null) {
      out.print(reference.index());
      out.flush();
      return Exit.DONE;
    }
    Optional<String> page = reference.page(name);
    page.ifPresent(out::print);
    out.flush();
    if (page.isEmpty()) {
      spec.commandLine().getErr().println(reference.unknown(name));
    }
    return page.isPresent() ? Exit.DONE : Exit.INVALID;
  }
}
