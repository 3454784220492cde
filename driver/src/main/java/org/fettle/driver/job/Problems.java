package org.fettle.driver.job;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with a job, so that a user sees all of it at once. A problem added twice
 * counts once. Not safe for several threads.
 */
public final class Problems {

  private final String file;
  private final Set<Problem> problems = new LinkedHashSet<>();
  private final Map<String, Place> places = new LinkedHashMap<>();

  /**
   * No problems yet.
   *
   * @param file the name of the job file, for the heading
   */
  public Problems(String file) {
    this.file = file;
  }

  /** Adds a rule that the part at a path breaks, where the value says nothing. */
  public void add(String path, String rule) {
    add(new Problem(place(path), path, Optional.empty(), rule, ""));
  }

  /**
   * Adds a rule that a value breaks.
   *
   * @param path as in {@code data.categorical[2]}; the line is looked up, or that of the nearest
   *     part above which stands in the file
   * @param value null where nothing was given
   */
  public void add(String path, @Nullable Object value, String rule) {
    add(path, value, rule, "");
  }

  /** Adds a rule that a value breaks, with a hint: "did you mean petal_length?". */
  public void add(String path, @Nullable Object value, String rule, String hint) {
    add(
        new Problem(
            place(path), path, Optional.of(Node.of(value, Place.FILE).shown()), rule, hint));
  }

  void add(Problem problem) {
    problems.add(problem);
  }

  /** An empty collection for a part of the same job. */
  Problems within() {
    Problems within = new Problems(file);
    within.places.putAll(places);
    return within;
  }

  void addAll(Problems others) {
    problems.addAll(others.problems);
  }

  /** Learns where every part of a job stands. */
  void locate(Node root) {
    places.clear();
    locate("", root);
  }

  private void locate(String path, Node node) {
    places.put(path, node.place());
    node.children(path).forEach(this::locate);
  }

  /** Where a part of the job stands, or else the nearest part above it. */
  Place place(String path) {
    String above = path;
    while (!above.isEmpty() && !places.containsKey(above)) {
      above =
          above.substring(0, Math.max(0, Math.max(above.lastIndexOf('.'), above.lastIndexOf('['))));
    }
    return places.getOrDefault(above, Place.FILE);
  }

  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /** The problems in the order of the file, then those of the command line. */
  public List<Problem> list() {
    return problems.stream()
        .sorted(Comparator.comparingInt(problem -> problem.place().line()))
        .toList();
  }

  /** A heading with the number of problems, then a line for each. */
  @Override
  public String toString() {
    int count = problems.size();
    String heading = file + ": " + (count == 1 ? "1 problem" : count + " problems");
    return list().stream()
        .map(problem -> "\n  " + problem)
        .collect(Collectors.joining("", heading, ""));
  }
}
