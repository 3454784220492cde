package org.fettle.driver.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Changes parts of a job by {@code path=value}, where the value is YAML and the path may be new, as
 * in {@code training.epochs=3} or {@code model.hidden[0]={int: [8, 64]}}.
 */
final class Overrides {

  private static final Pattern PATH = Pattern.compile("[^.\\[\\]]+(\\[\\d{1,6}]|\\.[^.\\[\\]]+)*");
  private static final Pattern STEP = Pattern.compile("\\[(\\d+)]|[^.\\[\\]]+");

  private final Place place;
  private final Problems problems;

  private Overrides(Place place, Problems problems) {
    this.place = place;
    this.problems = problems;
  }

  /** Applies one after the other; one that cannot be applied is a problem and changes nothing. */
  static Node apply(Node root, List<String> arguments, Problems problems) {
    Node changed = root;
    for (String argument : arguments) {
      changed = new Overrides(Place.override(argument), problems).apply(changed, argument);
    }
    return changed;
  }

  private Node apply(Node root, String argument) {
    int equals = argument.indexOf('=');
    String path = argument.substring(0, Math.max(equals, 0)).strip();
    if (!PATH.matcher(path).matches()) {
      problem(
          "",
          "The argument must be path=value, with a path such as training.epochs or model.hidden[0]");
      return root;
    }
    Optional<Node> value =
        YamlReader.readValue(argument.substring(equals + 1), path, place, problems);
    List<String> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    while (matcher.find()) {
      steps.add(matcher.group());
    }
    return value.flatMap(given -> set(root, "", steps, given)).orElse(root);
  }

  /** The node with a value set further in; empty, and a problem, where there is no such place. */
  private Optional<Node> set(@Nullable Node node, String path, List<String> steps, Node value) {
    if (steps.isEmpty()) {
      return Optional.of(value);
    }
    String step = steps.get(0);
    List<String> rest = steps.subList(1, steps.size());
    Node old = node == null || isEmpty(node) ? fresh(step) : node;
    if (step.startsWith("[")) {
      return setItem(old, path, Integer.parseInt(step, 1, step.length() - 1, 10), rest, value);
    }
    if (!(old instanceof Node.Fields fields)) {
      problem(path, "must be a map to set " + step + " in it, but was " + old.shown());
      return Optional.empty();
    }
    Map<String, Node> nodes = new LinkedHashMap<>(fields.nodes());
    return set(nodes.get(step), Node.join(path, step), rest, value)
        .map(
            inner -> {
              nodes.put(step, inner);
              return new Node.Fields(nodes, fields.place());
            });
  }

  private Optional<Node> setItem(Node old, String path, int index, List<String> rest, Node value) {
    if (!(old instanceof Node.Items items)) {
      problem(path, "must be a list to set [" + index + "] in it, but was " + old.shown());
      return Optional.empty();
    }
    List<Node> nodes = new ArrayList<>(items.nodes());
    if (index > nodes.size()) {
      problem(
          path, "must have " + index + " elements before [" + index + "], but has " + nodes.size());
      return Optional.empty();
    }
    Node present = index < nodes.size() ? nodes.remove(index) : null;
    return set(present, path + "[" + index + "]", rest, value)
        .map(
            inner -> {
              nodes.add(index, inner);
              return new Node.Items(nodes, items.place());
            });
  }

  private static boolean isEmpty(Node node) {
    return node instanceof Node.Scalar scalar && scalar.value() == null;
  }

  private Node fresh(String step) {
    return step.startsWith("[")
        ? new Node.Items(List.of(), place)
        : new Node.Fields(Map.of(), place);
  }

  private void problem(String path, String rule) {
    problems.add(new Problem(place, path, Optional.empty(), rule, ""));
  }
}
