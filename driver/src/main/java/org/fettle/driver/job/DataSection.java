package org.fettle.driver.job;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fettle.driver.job.DataSpec.Format;
import org.fettle.search.settings.Settings;

/** Makes the {@code data} section of its settings. */
final class DataSection {

  private static final Map<String, Format> EXTENSIONS =
      Map.of(
          "csv", Format.CSV,
          "parquet", Format.PARQUET,
          "libsvm", Format.LIBSVM,
          "svm", Format.LIBSVM);

  private static final Map<String, Character> CHARACTERS = Map.of("tab", '\t', "space", ' ');

  private final Problems problems;
  private final Path folder;

  DataSection(Problems problems, Path folder) {
    this.problems = problems;
    this.folder = folder;
  }

  /** Returns the data, or nothing where there are problems. */
  Optional<DataSpec> read(Node node) {
    Problems own = problems.within();
    Optional<Settings> settings =
        new SectionReader(own).read(withPositiveAsText(node), JobSettings.DATA, "data");
    if (node instanceof Node.Fields fields) {
      new DataSection(own, folder).check(fields);
    }
    problems.addAll(own);
    return own.isEmpty() ? settings.map(this::spec) : Optional.empty();
  }

  /** A class may be named by a number or a truth value, as it stands in the data. */
  private static Node withPositiveAsText(Node node) {
    if (node instanceof Node.Fields fields
        && fields.nodes().get("positive") instanceof Node.Scalar label
        && label.value() != null) {
      Map<String, Node> nodes = new LinkedHashMap<>(fields.nodes());
      nodes.put("positive", new Node.Scalar(label.value().toString(), label.place()));
      return new Node.Fields(nodes, fields.place());
    }
    return node;
  }

  /** Where the data is said to lie, if anything is said. */
  Optional<String> source(Node node) {
    return node instanceof Node.Fields fields
        ? text(fields, "source").filter(text -> !text.isBlank()).map(this::absolute)
        : Optional.empty();
  }

  private DataSpec spec(Settings settings) {
    String source = settings.text("source");
    Format format =
        settings.has("format")
            ? settings.word("format", Format.class)
            : ofExtension(source).orElseThrow();
    return new DataSpec(
        absolute(source),
        format,
        settings.has("target") ? Optional.of(settings.text("target")) : Optional.empty(),
        settings.word("task", DataSpec.LearningTask.class),
        settings.has("positive") ? Optional.of(settings.text("positive")) : Optional.empty(),
        settings.list("shape").stream()
            .map(size -> Math.toIntExact(((Number) size).longValue()))
            .toList(),
        texts(settings, "categorical"),
        texts(settings, "ignore"),
        settings.word("missing", DataSpec.Missing.class),
        format == Format.CSV
            ? Optional.of(
                new DataSpec.Csv(
                    settings.flag("header"),
                    character(settings.text("delimiter")),
                    character(settings.text("quote"))))
            : Optional.empty());
  }

  private void check(Node.Fields fields) {
    Map<String, Node> given = fields.nodes();
    if (given.get("shape") instanceof Node.Items sizes
        && !List.of(0, 2, 3).contains(sizes.nodes().size())) {
      problems.add(
          "data.shape",
          sizes,
          "must be [channels, height, width] of images or [steps, features] of sequences",
          "leave it out for a table");
    }
    checkCharacter(fields, "delimiter");
    checkCharacter(fields, "quote");
    Optional<String> source = text(fields, "source");
    Optional<String> written = text(fields, "format");
    Optional<Format> format =
        written.isEmpty()
            ? source.flatMap(DataSection::ofExtension)
            : EnumSet.allOf(Format.class).stream()
                .filter(each -> JobSpec.word(each).equals(written.get()))
                .findFirst();
    if (source.isPresent() && format.isEmpty() && !given.containsKey("format")) {
      problems.add("data.format", "must be given, since the source's extension does not tell it");
    }
    boolean libsvm = format.equals(Optional.of(Format.LIBSVM));
    if (libsvm) {
      String rule = "must be left out for libsvm, which has no column names";
      refuse(given, rule, "target", "categorical", "ignore");
    } else if (!given.containsKey("target")) {
      problems.add("data.target", "must be given");
    }
    if (given.containsKey("positive") && "regression".equals(fields.scalar("task"))) {
      problems.add("data.positive", "must be left out for regression, which has no classes");
    }
    if (format.isPresent() && format.get() != Format.CSV) {
      refuse(given, "must be left out, except for csv", "header", "delimiter", "quote");
    }
  }

  private static Optional<String> text(Node.Fields fields, String key) {
    return fields.scalar(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private void refuse(Map<String, Node> given, String rule, String... keys) {
    for (String key : keys) {
      if (given.containsKey(key)) {
        problems.add("data." + key, rule);
      }
    }
  }

  private void checkCharacter(Node.Fields fields, String key) {
    Optional<String> text = text(fields, key);
    if (text.isPresent() && text.get().length() != 1 && !CHARACTERS.containsKey(text.get())) {
      problems.add("data." + key, text.get(), "must be one character, or tab or space");
    }
  }

  private static char character(String text) {
    return CHARACTERS.getOrDefault(text, text.charAt(0));
  }

  /** A character as a job file writes it. */
  static String word(char character) {
    return CHARACTERS.entrySet().stream()
        .filter(entry -> entry.getValue() == character)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(String.valueOf(character));
  }

  private static List<String> texts(Settings settings, String key) {
    return settings.list(key).stream().map(String.class::cast).toList();
  }

  private static Optional<Format> ofExtension(String source) {
    String name = source.toLowerCase(Locale.ROOT).replaceFirst("(\\.(gz|bz2))?/*$", "");
    return Optional.ofNullable(EXTENSIONS.get(name.substring(name.lastIndexOf('.') + 1)));
  }

  private String absolute(String source) {
    return absolute(folder, source);
  }

  /** A URI or an absolute path as it is, another one relative to a folder. */
  static String absolute(Path folder, String source) {
    boolean uri = source.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
    // A path beside the job file is on this machine, whatever the default file system is.
    return uri || source.startsWith("/")
        ? source
        : "file:" + folder.resolve(source).toAbsolutePath().normalize();
  }
}
