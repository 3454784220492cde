package org.fettle.driver.job;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a job of YAML 1.2 text, or says everything that is wrong with it. Reads the job file and
 * nothing else; creates nothing. Safe for several threads.
 */
public final class JobParser {

  static final String STUDY_RULE = "be a folder name of letters, digits, . _ -";

  private final Catalog catalog;

  /**
   * A parser.
   *
   * @param catalog the components that a job may name
   */
  public JobParser(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Reads a job file.
   *
   * @param overrides {@code path=value} each, as given to {@code --set}
   */
  public ParsedJob read(Path file, List<String> overrides) {
    Problems problems = new Problems(String.valueOf(file.getFileName()));
    try {
      String text = Files.readString(file);
      Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
      return parse(YamlReader.read(text, problems), problems, folder, overrides);
    } catch (NoSuchFileException e) {
      return unreadable(problems, file, "no such file");
    } catch (CharacterCodingException e) {
      return unreadable(problems, file, "not UTF-8");
    } catch (IOException e) {
      String reason = Files.isDirectory(file) ? "is a folder" : String.valueOf(e.getMessage());
      return unreadable(problems, file, reason);
    }
  }

  /**
   * Reads a job from text.
   *
   * @param name for the heading of the problems
   * @param folder against which a relative {@code data.source} is resolved
   */
  public ParsedJob parse(String yaml, String name, Path folder, List<String> overrides) {
    Problems problems = new Problems(name);
    return parse(YamlReader.read(yaml, problems), problems, folder, overrides);
  }

  /** Reads a job from plain data such as {@link JobSpec#canonical}. */
  public ParsedJob parse(Map<String, ?> data, String name, Path folder, List<String> overrides) {
    Node root = Node.of(data, Place.FILE);
    return parse(Optional.of(root), new Problems(name), folder, overrides);
  }

  private ParsedJob parse(
      Optional<Node> root, Problems problems, Path folder, List<String> overrides) {
    if (root.isEmpty()) {
      return ParsedJob.nothing(problems);
    }
    Node changed = Overrides.apply(root.get(), overrides, problems);
    problems.locate(changed);
    return new JobReader(catalog, folder, problems).read(changed);
  }

  private static ParsedJob unreadable(Problems problems, Path file, String reason) {
    problems.add("", "Cannot read " + file + ": " + reason);
    return ParsedJob.nothing(problems);
  }
}
