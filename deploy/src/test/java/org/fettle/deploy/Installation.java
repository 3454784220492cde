package org.fettle.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packaged distribution, used as a person uses it: by its launcher, from a folder. */
final class Installation {
  static final Path HOME = Path.of(requireNonNull(System.getProperty("dist.directory")));

  private static final Pattern SCORES =
      Pattern.compile("\"trial\":(\\d+),\"fold\":(\\d+),\"scores\":(\\{[^}]*})");

  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();
  private int runs;

  /**
   * An installation.
   *
   * @param folder where commands run
   */
  Installation(Path folder) {
    this.folder = folder;
  }

  /** A variable that all commands see. */
  Installation with(String variable, Object value) {
    environment.put(variable, value.toString());
    return this;
  }

  /** What a command printed and its exit status. */
  record Ended(int status, String output, String errors) {
    Ended mustBe(int expected) {
      assertThat(status).as("%s%n%s", output, errors).isEqualTo(expected);
      return this;
    }
  }

  /** A command that runs. Its errors are a pipe where it is to be watched, otherwise in a file. */
  record Running(Process process, Path output, Path errors) {
    Ended waitFor() throws IOException, InterruptedException {
      int status = process.waitFor();
      return new Ended(status, Files.readString(output), Files.readString(errors));
    }

    /** Kills an executor that it started, as {@code kill -9} does; false where there is none. */
    boolean killExecutor() {
      return process
          .descendants()
          .filter(each -> each.info().commandLine().orElse("").contains("--executor-id"))
          .anyMatch(ProcessHandle::destroyForcibly);
    }
  }

  /** Runs {@code fettle} and waits for its end. */
  Ended run(String... arguments) throws IOException, InterruptedException {
    return start(HOME.resolve("bin/fettle"), arguments).waitFor();
  }

  /** Starts a command of the distribution. */
  Running start(Path command, String... arguments) throws IOException {
    runs++;
    Path output = folder.resolve("run" + runs + ".out");
    Path errors = folder.resolve("run" + runs + ".err");
    Process process =
        builder(command, arguments)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    return new Running(process, output, errors);
  }

  /** A command of the distribution that nobody's environment but the test's bears on. */
  ProcessBuilder builder(Path command, String... arguments) {
    // A build in the background ignores Ctrl-C, and so would all that it starts.
    List<String> words =
        new ArrayList<>(List.of("env", "--default-signal=INT", command.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().putAll(environment);
    return builder;
  }

  /** Writes a file into the folder and returns its path. */
  String write(String name, String text) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(UTF_8)).toString();
  }

  /** A jar with one class, as a user would build it against the application jar. */
  String jar(String type, String source) throws IOException {
    String file = write(type + ".java", source);
    String classes = folder.resolve(type).toString();
    String path = HOME.resolve("lib/fettle.jar").toString();
    try (Stream<Path> jars = Files.list(HOME.resolve("spark/jars"))) {
      path += jars.map(each -> ":" + each).collect(Collectors.joining());
    }
    tool("javac", "-d", classes, "-cp", path, file);
    String jar = folder.resolve(type + ".jar").toString();
    tool("jar", "cf", jar, "-C", classes, ".");
    return jar;
  }

  /** Compiles a program against all that the tests know. */
  static void compile(Path classes, String source) {
    tool("javac", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), source);
  }

  private static void tool(String name, String... arguments) {
    ToolProvider tool = ToolProvider.findFirst(name).orElseThrow();
    assertThat(tool.run(System.out, System.err, arguments)).isZero();
  }

  /** Reads lines to one that contains a text. */
  static String await(BufferedReader lines, String text) throws IOException {
    StringBuilder read = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains(text)) {
        return line;
      }
      read.append(line).append('\n');
    }
    throw new AssertionError("Output must have " + text + ", but was\n" + read);
  }

  /** The scores of a study's runs as its journal has them, digit for digit. */
  static Map<String, String> scores(Path study) throws IOException {
    Map<String, String> scores = new TreeMap<>();
    Matcher matcher = SCORES.matcher(journal(study));
    while (matcher.find()) {
      scores.put(matcher.group(1) + "/" + matcher.group(2), matcher.group(3));
    }
    return scores;
  }

  /** All lines of a study's journal. */
  static String journal(Path study) throws IOException {
    StringBuilder journal = new StringBuilder();
    try (Stream<Path> segments = Files.list(study.resolve("journal")).sorted()) {
      for (Path segment : (Iterable<Path>) segments::iterator) {
        if (segment.toString().endsWith(".jsonl")) {
          journal.append(Files.readString(segment));
        }
      }
    }
    return journal.toString();
  }
}
