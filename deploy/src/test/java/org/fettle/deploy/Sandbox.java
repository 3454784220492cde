package org.fettle.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A copy of the launcher with stand-ins for all that it starts: {@code java}, {@code spark-submit}
 * and {@code mvn} print their arguments, one a line, instead.
 */
final class Sandbox {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final String ECHO = "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\n";

  final Path folder;
  final Path sparkHome;
  final Path javaHome;
  final Map<String, String> environment = new HashMap<>();

  private Sandbox(Path folder) throws IOException {
    this.folder = folder;
    sparkHome = folder.resolve("spark home");
    javaHome = folder.resolve("java home");
    script(sparkHome.resolve("bin/spark-submit"), ECHO);
    script(javaHome.resolve("bin/java"), ECHO);
    script(javaHome.resolve("bin/javac"), ECHO);
    write(javaHome.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    environment.put("JAVA_HOME", javaHome.toString());
    environment.put("SPARK_HOME", sparkHome.toString());
    environment.put("HOME", folder.toString());
    environment.put("TMPDIR", folder.toString());
  }

  /** An unpacked distribution without Spark. */
  static Sandbox distribution(Path folder) throws IOException {
    Sandbox sandbox = new Sandbox(folder);
    Path root = sandbox.distribution();
    for (String part : List.of("bin", "conf")) {
      copy(MODULE.resolve(part), root.resolve(part));
    }
    write(root.resolve("lib/fettle.jar"), "");
    return sandbox;
  }

  /** A source tree whose build runs the body of a script in place of Maven. */
  static Sandbox sourceTree(Path folder, String build) throws IOException {
    Sandbox sandbox = new Sandbox(folder);
    Path root = sandbox.sources();
    for (String part : List.of("bin", "conf", "build", "spark")) {
      copy(MODULE.resolve(part), root.resolve("deploy").resolve(part));
    }
    for (String module : List.of("search", "optimizers", "executor", "driver", "deploy", ".")) {
      write(root.resolve(module).resolve("pom.xml"), "<project/>");
    }
    write(root.resolve("search/src/main/java/A.java"), "");
    script(folder.resolve("tools/mvn"), "#!/usr/bin/env bash\nset -e\n" + build);
    sandbox.environment.put("PATH", folder.resolve("tools") + ":" + System.getenv("PATH"));
    return sandbox;
  }

  Path distribution() {
    return folder.resolve("a distribution");
  }

  Path sources() {
    return folder.resolve("a clone");
  }

  /** What a launcher printed and its exit status. */
  record Result(int status, List<String> output, String errors) {
    /** The arguments after the application jar. */
    List<String> arguments() {
      int jar = 0;
      while (!output.get(jar).endsWith("/lib/fettle.jar")) {
        jar++;
      }
      return output.subList(jar + 1, output.size());
    }

    /** The values that an option of spark-submit had, in order. */
    List<String> values(String option) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i + 1 < output.size() - arguments().size(); i++) {
        if (output.get(i).equals(option)) {
          values.add(output.get(i + 1));
        }
      }
      return values;
    }
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    return run(distribution().resolve("bin/fettle"), arguments);
  }

  Result run(Path launcher, String... arguments) throws IOException, InterruptedException {
    Process process = start(launcher, arguments);
    int status = process.waitFor();
    return new Result(status, Files.readAllLines(output(process)), errors(process));
  }

  Process start(Path launcher, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    builder.environment().putAll(environment);
    builder.environment().values().removeIf(String::isEmpty);
    Path output = Files.createTempFile(folder, "run", ".out");
    builder.redirectOutput(output.toFile());
    Path errors = Path.of(output + ".err");
    builder.redirectError(errors.toFile());
    Process process = builder.start();
    outputs.put(process.pid(), output);
    return process;
  }

  private final Map<Long, Path> outputs = new HashMap<>();

  private Path output(Process process) {
    Path output = outputs.get(process.pid());
    if (output == null) {
      throw new IllegalArgumentException("Not started here: " + process);
    }
    return output;
  }

  String errors(Process process) throws IOException {
    return Files.readString(Path.of(output(process) + ".err"));
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(UTF_8));
  }

  static void script(Path file, String text) throws IOException {
    write(file, text);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("Cannot make executable: " + file);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
          target.toFile().setExecutable(Files.isExecutable(file));
        }
      }
    }
  }
}
