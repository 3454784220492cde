package org.fettle.driver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fettle.driver.report.Progress;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyFolder;
import org.fettle.search.study.History;

/** A spark-submit that runs, and the study that comes of it. */
final class Submitted {

  private static final int BEST = 10;
  private static final Duration POLL = Duration.ofSeconds(1);

  /** Reading a long journal takes a while: a look costs no more than a tenth of the time. */
  private static final int REST = 10;

  private static final int PATIENCE_SECONDS = 25;

  /** What YARN and Kubernetes say of a driver that ended. */
  private static final Pattern STATUS =
      Pattern.compile("(?i)exited with status (\\d+)|exit code: (\\d+)");

  private final List<String> command;
  private final StudyFolder study;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Set<Integer> told = new HashSet<>();

  /**
   * A submission that is about to start.
   *
   * @param study the folder of the study
   */
  Submitted(List<String> command, StudyFolder study, PrintWriter out, PrintWriter err) {
    this.command = command;
    this.study = study;
    this.out = out;
    this.err = err;
  }

  /** Runs the driver in a process of this machine, which prints what it does itself. */
  int await() throws IOException, InterruptedException {
    return end(new ProcessBuilder(command).inheritIO().start());
  }

  /** A signal to this process ends the other, which needs a while for its journal. */
  private static int end(Process process) throws InterruptedException {
    Thread hook =
        new Thread(
            () -> {
              process.destroy();
              try {
                process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    int status = process.waitFor();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return Exit.INTERRUPTED; // This process is being ended.
    }
    return status;
  }

  /** Lets the driver run on the cluster, and tells from its journal how it goes. */
  int follow() throws IOException, InterruptedException {
    history().ifPresent(history -> told.addAll(history.ended()));
    boolean done = hasResult();
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.INHERIT)
            .redirectErrorStream(true)
            .start();
    AtomicInteger status = new AtomicInteger(Exit.CLUSTER);
    Thread output = new Thread(() -> pass(process.inputReader(UTF_8), status));
    output.setDaemon(true);
    output.start();
    Progress progress = Terminals.progress(Clock.systemUTC());
    long millis = POLL.toMillis();
    while (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      long start = System.nanoTime();
      history().ifPresent(history -> tell(history, progress));
      millis = Math.max(POLL.toMillis(), (System.nanoTime() - start) / 1_000_000 * REST);
    }
    output.join();
    history().ifPresent(history -> tell(history, progress));
    if (done && process.exitValue() != 0) {
      return status.get(); // The driver had nothing to do, and said so.
    }
    return result(process.exitValue() == 0 ? Exit.CLUSTER : status.get());
  }

  private boolean hasResult() {
    return study.exists(StudyFolder.RESULT);
  }

  private void tell(History history, Progress progress) {
    for (int trial : history.ended()) {
      if (told.add(trial)) {
        progress.trialEnded(history, history.trial(trial));
      }
    }
  }

  /** What the journal has by now; nothing where there is none yet. */
  private Optional<History> history() {
    try {
      return Optional.of(StoredStudy.in(study).replay().history());
    } catch (StoreException e) {
      return Optional.empty();
    }
  }

  private void pass(BufferedReader lines, AtomicInteger status) {
    try (lines) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher said = STATUS.matcher(line);
        if (said.find()) {
          status.set(Integer.parseInt(said.group(1) == null ? said.group(2) : said.group(1)));
        }
        err.println(line);
        err.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Shows the result.
   *
   * @param otherwise the status where there is none
   */
  private int result(int otherwise) {
    if (!hasResult()) {
      err.println("The driver ended without a result in " + study.uri());
      err.flush();
      return otherwise;
    }
    StoredStudy stored = StoredStudy.in(study);
    ShowCommand.print(stored, BEST, out);
    out.println("\nResults: " + study.uri());
    out.flush();
    // A driver that found no best trial fails, and is started again to say that the study is done.
    return stored.replay().history().incumbent().isPresent() ? Exit.DONE : Exit.NO_RESULT;
  }
}
