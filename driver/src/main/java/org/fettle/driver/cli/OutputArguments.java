package org.fettle.driver.cli;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a study prints while it runs. */
final class OutputArguments {

  @Option(names = "--quiet", description = "prints the results alone, no progress")
  private boolean quiet;

  @Option(
      names = "--json",
      description = "prints a JSON object a line, for scripts: what happens, last the result")
  private boolean json;

  Output output(CommandLine command) {
    if (quiet && json) {
      throw new ParameterException(command, "--quiet and --json exclude each other");
    }
    if (json) {
      return Output.JSON;
    }
    return quiet ? Output.QUIET : Output.SHOWN;
  }
}
