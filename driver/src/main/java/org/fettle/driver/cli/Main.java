package org.fettle.driver.cli;

import java.io.PrintWriter;
import org.apache.spark.SparkUserAppException;
import org.fettle.driver.spark.Sessions;
import org.fettle.driver.store.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "fettle",
    description = {
      "Tunes hyperparameters on Apache Spark.",
      "",
      "Write what you train and what may vary into a job file, and run it:",
      "  fettle run deploy/examples/iris.yaml"
    },
    subcommands = {
      RunCommand.class,
      ResumeCommand.class,
      ValidateCommand.class,
      ShowCommand.class,
      DescribeCommand.class,
      ExportCommand.class,
      PredictCommand.class,
      SubmitCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    footerHeading = "%nOptions for Spark, wherever they stand:%n",
    footer = {
      "  --master URL           where to run: local[*] (default), local-cluster[2,1,2048],",
      "                         spark://host:7077, yarn, k8s://https://host:443",
      "  --conf KEY=VALUE       any setting of Spark; may be repeated",
      "  --jars FILE,…          jars with classes of your own",
      "  --driver-memory SIZE, --executor-memory SIZE, --properties-file FILE",
      "",
      "Exit status: 0 done, 1 no trial completed, 2 invalid job or arguments,",
      "3 study's files unusable, 4 cluster failure, 130 interrupted."
    })
public final class Main implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private Main() {}

  /** Runs a command and ends the process with its status. */
  public static void main(String[] args) throws SparkUserAppException {
    int status = execute(new CommandLine(new Main()), args);
    if (!Sessions.isDriverOfYarn()) {
      System.exit(status);
    } else if (status != Exit.DONE) {
      // To YARN every exit, be it with 0, is a driver that died; this it passes on with its status.
      throw new SparkUserAppException(status);
    }
  }

  /** Runs a command that writes where it is told, and returns its exit status. */
  static int execute(PrintWriter out, PrintWriter err, String... args) {
    return execute(new CommandLine(new Main()).setOut(out).setErr(err), args);
  }

  private static int execute(CommandLine line, String... args) {
    line.setExecutionExceptionHandler(Main::failed);
    line.setUsageHelpAutoWidth(false);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line.execute(args);
  }

  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    PrintWriter err = command.getErr();
    if (failure instanceof StoreException) {
      err.println(failure.getMessage());
      return Exit.STORE;
    }
    err.println("Cannot go on: " + failure);
    failure.printStackTrace(err);
    return Exit.CLUSTER;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Command must be one of " + spec.subcommands().keySet());
  }
}
