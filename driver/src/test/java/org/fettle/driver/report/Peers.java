package org.fettle.driver.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Python environment that the variable {@code PEERS} names, with the tools that read our files.
 */
public final class Peers {

  private Peers() {}

  /** What a script prints; skips the test where there is no such environment or package. */
  public static String python(String module, String script, Object... arguments)
      throws IOException, InterruptedException {
    String peers = System.getenv("PEERS");
    assumeTrue(
        peers != null && Files.isExecutable(Path.of(peers, "bin/python")),
        "PEERS names no Python environment: skipped");
    assumeTrue(run(peers, "import " + module).status() == 0, module + " is not in PEERS: skipped");
    Ended ended = run(peers, script, arguments);
    if (ended.status() != 0) {
      throw new AssertionError(ended.text());
    }
    return ended.text();
  }

  private record Ended(int status, String text) {}

  private static Ended run(String peers, String script, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(peers + "/bin/python", "-W", "ignore", "-c", script));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), text);
  }
}
