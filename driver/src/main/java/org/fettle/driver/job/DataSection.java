package org.fettle.driver.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /**
   * Returns the data, or nothing where there are problems.
   *
   * @param given the keys that the job has, apart from defaults
   */
  Optional<DataSpec> read(Settings settings, Set<String> given) {
    String source = settings.text("source");
    Optional<Format> format =
        settings.has("format")
            ? Optional.of(settings.word("format", Format.class))
            : ofExtension(source);
    int before = problems.list().size();
    if (format.isEmpty()) {
      problems.add("data.format", "must be given, since the source's extension does not tell it");
    } else {
      format.ifPresent(known -> check(known, given));
    }
    Character delimiter = character(settings, "delimiter");
    Character quote = character(settings, "quote");
    if (problems.list().size() > before) {
      return Optional.empty();
    }
    boolean csv = format.orElseThrow() == Format.CSV;
    return Optional.of(
        new DataSpec(
            absolute(source),
            format.orElseThrow(),
            settings.has("target") ? Optional.of(settings.text("target")) : Optional.empty(),
            settings.word("task", DataSpec.LearningTask.class),
            texts(settings, "categorical"),
            texts(settings, "ignore"),
            settings.word("missing", DataSpec.Missing.class),
            csv
                ? Optional.of(new DataSpec.Csv(settings.flag("header"), delimiter, quote))
                : Optional.empty()));
  }

  private void check(Format format, Set<String> given) {
    if (format == Format.LIBSVM) {
      refuse(
          given,
          "must be left out for libsvm, which has no column names",
          "target",
          "categorical",
          "ignore");
    } else if (!given.contains("target")) {
      problems.add("data.target", "must be given");
    }
    if (format != Format.CSV) {
      refuse(given, "must be left out, except for csv", "header", "delimiter", "quote");
    }
  }

  private void refuse(Set<String> given, String rule, String... keys) {
    for (String key : keys) {
      if (given.contains(key)) {
        problems.add("data." + key, rule);
      }
    }
  }

  private char character(Settings settings, String key) {
    String text = settings.text(key);
    if (text.length() != 1 && !CHARACTERS.containsKey(text)) {
      problems.add("data." + key, text, "must be one character, or tab or space");
    }
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
    boolean uri = source.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
    return uri ? source : folder.resolve(source).toAbsolutePath().normalize().toString();
  }
}
