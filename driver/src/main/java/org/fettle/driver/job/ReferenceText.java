package org.fettle.driver.job;

import java.util.List;
import java.util.Optional;

/** Lays topics out in 80 columns. */
final class ReferenceText {

  private static final int WIDTH = 80;

  static final List<Topic> DOMAINS =
      List.of(
          domain("float", "a number: {float: [0.001, 0.1], log: true}, or with step: 0.01"),
          domain("int", "an integer: {int: [32, 256], log: true}, or with step: 32"),
          domain("choice", "one of several, which may hold domains: {choice: [relu, tanh]}"),
          domain("repeat", "a list: {repeat: {int: [1, 3]}, of: {int: [32, 256]}}"));

  static final String JOB =
      """
      study: iris
      data: {source: iris.csv, target: species, task: classification}
      model:
        template: mlp
        hidden: {repeat: {int: [1, 3]}, of: {int: [8, 64], log: true}}
      training:
        updater: {type: adam, learning-rate: {float: [0.0001, 0.1], log: true}}
      goal: {maximize: accuracy}
      """;

  private final StringBuilder text = new StringBuilder();

  private static Topic domain(String name, String doc) {
    return new Topic(name, doc, Optional.empty(), List.of(), Example.NONE);
  }

  /** A heading and a line for each topic. */
  void list(String heading, List<Topic> topics) {
    int width = topics.stream().mapToInt(topic -> topic.name().length()).max().orElse(0) + 2;
    paragraph(heading);
    for (Topic topic : topics) {
      String name = "  " + topic.name() + " ".repeat(width - topic.name().length());
      wrap(name, " ".repeat(name.length()), topic.doc());
    }
  }

  void topic(Topic topic) {
    paragraph(topic.path());
    wrap("  ", "  ", topic.doc());
    topic.setting().ifPresent(setting -> wrap("  ", "  ", Reference.summary(setting)));
    for (Topic below : topic.below()) {
      text.append('\n');
      wrap("  ", "    ", below.name());
      below.setting().ifPresent(setting -> wrap("    ", "    ", Reference.summary(setting)));
      wrap("    ", "    ", below.doc());
    }
    if (!topic.example().yaml().isEmpty()) {
      example(topic.example().yaml());
    }
  }

  void example(String yaml) {
    text.append("\nExample\n");
    yaml.lines().forEach(line -> text.append("  ").append(line).append('\n'));
  }

  private void paragraph(String heading) {
    text.append(text.isEmpty() ? "" : "\n").append(heading).append('\n');
  }

  private void wrap(String first, String further, String words) {
    StringBuilder line = new StringBuilder(first);
    int start = first.length();
    for (String word : words.split(" ", -1)) {
      if (line.length() > start && line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(further);
        start = further.length();
      }
      line.append(line.length() > start ? " " : "").append(word);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
