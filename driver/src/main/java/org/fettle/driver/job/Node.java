package org.fettle.driver.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A part of a job file, with the place where it stands; for the value of a key, the key's. */
sealed interface Node {

  Place place();

  /** The parts directly inside, by their paths. */
  Map<String, Node> children(String path);

  /** As a message shows it: in one line, shortened. */
  default String shown() {
    String text = text();
    return text.length() <= 60 ? text : text.substring(0, 59) + "…";
  }

  String text();

  static Node of(@Nullable Object value, Place place) {
    if (value instanceof Node node) {
      return node;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Node> nodes = new LinkedHashMap<>();
      map.forEach((key, each) -> nodes.put(String.valueOf(key), of(each, place)));
      return new Fields(nodes, place);
    }
    if (value instanceof Collection<?> values) {
      return new Items(values.stream().map(each -> of(each, place)).toList(), place);
    }
    if (value instanceof Integer narrow) {
      return new Scalar(narrow.longValue(), place);
    }
    return new Scalar(value, place);
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** A {@code Long}, {@code Double}, {@code Boolean}, {@code String}, or nothing. */
  record Scalar(@Nullable Object value, Place place) implements Node {
    @Override
    public Map<String, Node> children(String path) {
      return Map.of();
    }

    @Override
    public String text() {
      if (value == null) {
        return "empty";
      }
      if (!(value instanceof String text) || YamlReader.isPlainText(text)) {
        return value.toString();
      }
      return text.contains("\"") ? "'" + text + "'" : "\"" + text + "\"";
    }
  }

  /** A list. */
  record Items(List<Node> nodes, Place place) implements Node {
    public Items {
      nodes = List.copyOf(nodes);
    }

    @Override
    public Map<String, Node> children(String path) {
      Map<String, Node> children = new LinkedHashMap<>();
      for (int i = 0; i < nodes.size(); i++) {
        children.put(path + "[" + i + "]", nodes.get(i));
      }
      return children;
    }

    @Override
    public String text() {
      return nodes.stream().map(Node::text).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** A map, in the order of the file. */
  record Fields(Map<String, Node> nodes, Place place) implements Node {
    public Fields {
      nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    }

    /** What stands at a key; an empty map where nothing does. */
    Node section(String key) {
      Node node = nodes.get(key);
      boolean empty = node instanceof Scalar scalar && scalar.value() == null;
      return node == null || empty ? new Fields(Map.of(), place) : node;
    }

    /** The scalar at a key; null where there is none. */
    @Nullable Object scalar(String key) {
      return nodes.get(key) instanceof Scalar scalar ? scalar.value() : null;
    }

    Fields only(Collection<String> keys) {
      Map<String, Node> kept = new LinkedHashMap<>(nodes);
      kept.keySet().retainAll(keys);
      return new Fields(kept, place);
    }

    @Override
    public Map<String, Node> children(String path) {
      Map<String, Node> children = new LinkedHashMap<>();
      nodes.forEach((key, node) -> children.put(join(path, key), node));
      return children;
    }

    @Override
    public String text() {
      List<String> parts = new ArrayList<>();
      nodes.forEach((key, node) -> parts.add(key + ": " + node.text()));
      return "{" + String.join(", ", parts) + "}";
    }
  }
}
