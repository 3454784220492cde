package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.fettle.search.settings.NearMatch;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.Forbidden;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Goal;
import org.fettle.search.suggest.SuggesterProvider;

/** Reads {@code search} and {@code pruning}. */
final class SearchSection {

  private final Catalog catalog;
  private final Problems problems;
  private final SectionReader sections;

  SearchSection(Catalog catalog, Problems problems) {
    this.catalog = catalog;
    this.problems = problems;
    this.sections = new SectionReader(problems);
  }

  Optional<Component> pruner(Node node) {
    return sections
        .values(node, JobSettings.pruning(catalog), "pruning")
        .flatMap(values -> Optional.ofNullable((Map<?, ?>) values.get("pruner")))
        .map(Component::of);
  }

  /** Adds a problem where the suggester cannot weigh so many goals up. */
  void checkGoals(Component suggester, List<Goal> goals) {
    for (SuggesterProvider provider : catalog.suggesters()) {
      if (provider.name().equals(suggester.name()) && goals.size() > provider.mostGoals()) {
        problems.add(
            "search.suggester",
            suggester.name(),
            "must take %d goals, as %s do".formatted(goals.size(), takers(goals.size())));
      }
    }
  }

  private String takers(int goals) {
    return catalog.suggesters().stream()
        .filter(each -> each.mostGoals() >= goals)
        .map(SuggesterProvider::name)
        .collect(Collectors.joining(", "));
  }

  /**
   * Reads the section.
   *
   * @param space empty where it is not known, so that nothing can be said of values in it
   */
  Optional<SearchSpec> search(Node node, Optional<SearchSpace> space) {
    Map<String, Node> settings = new LinkedHashMap<>();
    if (node instanceof Node.Fields fields) {
      settings.putAll(fields.nodes());
      for (String key : List.of("parallel", "fuse")) {
        if ("auto".equals(fields.scalar(key))) {
          settings.remove(key);
        }
      }
    }
    Optional<List<Assignment>> combinations = assignments("forbidden", settings, space);
    List<Forbidden> forbidden = combinations.map(this::forbidden).orElse(List.of());
    Optional<List<Assignment>> points = assignments("start", settings, space);
    List<Assignment> start =
        points
            .flatMap(found -> space.map(known -> start(found, known, forbidden)))
            .orElse(List.of());
    Node rest = node instanceof Node.Fields ? new Node.Fields(settings, node.place()) : node;
    return sections
        .values(rest, JobSettings.search(catalog), "search")
        .map(values -> search(values, start, forbidden));
  }

  private static SearchSpec search(
      Map<String, Object> values, List<Assignment> start, List<Forbidden> forbidden) {
    Component suggester = Component.of((Map<?, ?>) requireNonNull(values.get("suggester")));
    OptionalInt standard =
        List.of("grid", "pbt").contains(suggester.name())
            ? OptionalInt.empty()
            : OptionalInt.of(JobSettings.DEFAULT_TRIALS);
    OptionalInt trials = integer(values, "trials");
    List<Component> stop =
        ((List<?>) requireNonNull(values.get("stop")))
            .stream().map(rule -> Component.of((Map<?, ?>) rule)).toList();
    List<String> warmStart =
        ((List<?>) requireNonNull(values.get("warm-start")))
            .stream().map(String.class::cast).toList();
    return new SearchSpec(
        suggester,
        trials.isPresent() ? trials : standard,
        integer(values, "parallel"),
        integer(values, "fuse"),
        start,
        forbidden,
        warmStart,
        stop);
  }

  private static OptionalInt integer(Map<String, Object> values, String key) {
    return values.get(key) instanceof Number number
        ? OptionalInt.of(number.intValue())
        : OptionalInt.empty();
  }

  /** Takes a list of maps from parameters to values out of the section. */
  private Optional<List<Assignment>> assignments(
      String key, Map<String, Node> settings, Optional<SearchSpace> space) {
    Node node = settings.remove(key);
    if (node == null) {
      return Optional.empty();
    }
    String path = "search." + key;
    if (!(node instanceof Node.Items)) {
      problems.add(path, node, "must be a list of maps from parameters to values");
      return Optional.empty();
    }
    List<Assignment> assignments = new ArrayList<>();
    Problems own = problems.within();
    node.children(path)
        .forEach((place, each) -> assignments.add(assignment(each, place, space, own)));
    problems.addAll(own);
    return own.isEmpty() ? Optional.of(assignments) : Optional.empty();
  }

  private static Assignment assignment(
      Node node, String path, Optional<SearchSpace> space, Problems own) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (!(node instanceof Node.Fields fields)) {
      own.add(path, node, "must be a map from parameters to values");
      return Assignment.of();
    }
    fields
        .nodes()
        .forEach(
            (name, value) -> {
              Object scalar = value instanceof Node.Scalar leaf ? leaf.value() : null;
              if (scalar != null) {
                values.put(name, scalar);
                space.ifPresent(known -> check(name, scalar, path, known, own));
              } else {
                own.add(Node.join(path, name), value, "must be a value");
              }
            });
    return new Assignment(values);
  }

  private static void check(
      String name, Object value, String path, SearchSpace space, Problems own) {
    Optional<Parameter> parameter = space.parameter(name);
    if (parameter.isEmpty()) {
      List<String> known = space.parameters().stream().map(Parameter::name).toList();
      own.add(path, name, "must be a parameter of the job", NearMatch.hintAndKnown(name, known));
    } else if (!parameter.get().contains(value)) {
      own.add(Node.join(path, name), value, "must be " + parameter.get().summary());
    }
  }

  private List<Forbidden> forbidden(List<Assignment> combinations) {
    List<Forbidden> forbidden = new ArrayList<>();
    for (Assignment combination : combinations) {
      if (combination.values().isEmpty()) {
        problems.add("search.forbidden", "must not have an empty combination");
      } else {
        forbidden.add(new Forbidden(combination.values()));
      }
    }
    return forbidden;
  }

  private List<Assignment> start(
      List<Assignment> points, SearchSpace space, List<Forbidden> forbidden) {
    SearchSpace allowed = new SearchSpace(space.parameters(), forbidden);
    List<Assignment> start = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      try {
        start.add(allowed.completing(points.get(i)));
      } catch (IllegalArgumentException e) {
        problems.add("search.start[" + i + "]", "cannot be tried: " + e.getMessage());
      }
    }
    return start;
  }
}
