package org.fettle.driver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.fettle.driver.spark.TestSpark;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands as a shell does, on two cores. */
abstract class CommandLineFixture {

  static final String BOWL =
      """
      study: bowl
      seed: 7
      objective: org.fettle.driver.cli.TestObjectives$Bowl
      parameters:
        x: {float: [-1.0, 1.0]}
        kind: {choice: ["deep, \\"dark\\"", flat]}
      goal: {minimize: loss}
      search: {suggester: random, trials: 6, parallel: 1}
      """;

  private static final Map<String, String> SPARK =
      Map.of(
          "spark.master", "local[2]",
          "spark.ui.enabled", "false",
          "spark.driver.host", "localhost",
          "spark.driver.bindAddress", "127.0.0.1",
          "spark.sql.shuffle.partitions", "1");

  @TempDir static Path temporary;

  record Ended(int status, String out, String err) {}

  @BeforeAll
  static void configureSpark() {
    TestSpark.stop();
    SPARK.forEach(System::setProperty);
  }

  @AfterAll
  static void forgetSpark() {
    SPARK.keySet().forEach(System::clearProperty);
  }

  static Ended fettle(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    int status = Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), words);
    return new Ended(status, out.toString(), err.toString());
  }

  static Path write(String name, String text) throws IOException {
    Path file = temporary.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
