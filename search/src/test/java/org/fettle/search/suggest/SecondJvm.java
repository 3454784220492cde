package org.fettle.search.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.fettle.search.TestSeed;

/** Runs a contract's studies in a JVM of their own, where hashes and their order are others. */
final class SecondJvm {

  private SecondJvm() {}

  /** The trials of every space as a new JVM on the same class path finds them. */
  static List<String> trials(Class<? extends SuggesterContract> test)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dfile.encoding=UTF-8",
            "-Dtests.seed=" + TestSeed.value(),
            SecondJvm.class.getName(),
            test.getName());
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
