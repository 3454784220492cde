package org.fettle.search.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fettle.search.TestSeed;

/** Runs a contract's studies in a JVM of their own, where hashes and their order are others. */
public final class SecondJvm {

  private SecondJvm() {}

  /** The trials of every space as a new JVM on the same class path finds them. */
  static List<String> trials(Class<? extends SuggesterContract> test)
      throws IOException, InterruptedException {
    return lines(SecondJvm.class, List.of(), test.getName());
  }

  /** What the main method of a class prints in a new JVM, which must end with status 0. */
  public static List<String> lines(Class<?> main, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Dtests.seed=" + TestSeed.value());
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    try (var output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("exit status, after printing %s", text).isZero();
      return text.lines().toList();
    } catch (IOException | UncheckedIOException e) {
      process.destroy();
      throw e;
    }
  }

  /** Takes the class of a contract's test and prints its trials. */
  public static void main(String[] args) throws ReflectiveOperationException {
    Constructor<?> constructor = Class.forName(args[0]).getDeclaredConstructor();
    constructor.setAccessible(true);
    SuggesterContract contract = (SuggesterContract) constructor.newInstance();
    contract.trialsInEverySpace().forEach(System.out::println);
  }
}
