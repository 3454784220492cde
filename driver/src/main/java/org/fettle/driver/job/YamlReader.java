package org.fettle.driver.job;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads one document of YAML 1.2 (core schema) into nodes. Anchors, aliases and tags are refused: a
 * job has no use for them, and aliases can make a small file enormous.
 */
final class YamlReader {

  /** Far more than a job needs, far less than the stack holds. */
  private static final int MAX_DEPTH = 50;

  private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();

  private final Iterator<Event> events;
  private final Function<Event, Place> places;
  private final Problems problems;
  private boolean broken;

  private YamlReader(String text, Function<Event, Place> places, Problems problems) {
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    this.events = new Parse(settings).parseString(text).iterator();
    this.places = places;
    this.problems = problems;
  }

  /** Reads a job file; empty if it cannot be told what it says. */
  static Optional<Node> read(String text, Problems problems) {
    Function<Event, Place> lines =
        event -> event.getStartMark().map(YamlReader::line).orElse(Place.FILE);
    return new YamlReader(text, lines, problems).document("", Place.line(1));
  }

  /** Reads a value of the command line. */
  static Optional<Node> readValue(String text, String path, Place place, Problems problems) {
    return text.isBlank()
        ? Optional.of(new Node.Scalar(null, place))
        : new YamlReader(text, event -> place, problems).document(path, place);
  }

  /** Whether a text needs no quotes; says no where it would take long to tell. */
  static boolean isPlainText(String text) {
    String plain = "[^\\s:#,\\[\\]{}&*!|>'\"%@`?-][^:#,\\[\\]{}\"]*(?<!\\s)";
    return text.matches(plain) && RESOLVER.resolve(text, true).equals(Tag.STR);
  }

  private Optional<Node> document(String path, Place place) {
    try {
      Event event = next();
      if (event instanceof StreamEndEvent) {
        problem(place, path, "must hold a job, but is empty");
        return Optional.empty();
      }
      Node root = node(next(), path, place, 1);
      next();
      Event after = next();
      if (after instanceof DocumentStartEvent) {
        problem(places.apply(after), path, "must hold one document, but another begins here");
      }
      return broken ? Optional.empty() : Optional.of(root);
    } catch (MarkedYamlEngineException e) {
      Place where = e.getProblemMark().map(mark -> places(mark, place)).orElse(place);
      problem(where, path, "must be YAML", String.valueOf(e.getProblem()).strip());
      return Optional.empty();
    } catch (YamlEngineException e) {
      problem(place, path, "must be YAML", String.valueOf(e.getMessage()).strip());
      return Optional.empty();
    }
  }

  private static Place places(Mark mark, Place given) {
    return given.line() == Integer.MAX_VALUE ? given : line(mark);
  }

  private static Place line(Mark mark) {
    return Place.line(mark.getLine() + 1);
  }

  private Event next() {
    Event event = events.next();
    return event instanceof StreamStartEvent ? events.next() : event;
  }

  private Node node(Event event, String path, Place place, int depth) {
    if (event instanceof AliasEvent) {
      broken = true;
      problem(place, path, "must be written out, but is an alias");
      return new Node.Scalar(null, place);
    }
    if (((NodeEvent) event).getAnchor().isPresent()) {
      problem(place, path, "must not have an anchor");
    }
    if (depth > MAX_DEPTH) {
      throw new YamlEngineException("nested more than " + MAX_DEPTH + " deep");
    }
    if (event instanceof ScalarEvent scalar) {
      tag(scalar.getTag(), path, place);
      return new Node.Scalar(value(scalar), place);
    }
    if (event instanceof SequenceStartEvent list) {
      tag(list.getTag(), path, place);
      return items(path, place, depth);
    }
    if (event instanceof MappingStartEvent map) {
      tag(map.getTag(), path, place);
      return fields(path, place, depth);
    }
    throw new AssertionError(event);
  }

  private void tag(Optional<String> tag, String path, Place place) {
    tag.map(given -> given.replace(Tag.PREFIX, "!!"))
        .ifPresent(given -> problem(place, path, "must not have a tag, but has " + given));
  }

  private Node items(String path, Place place, int depth) {
    List<Node> nodes = new ArrayList<>();
    for (Event event = next(); !(event instanceof SequenceEndEvent); event = next()) {
      nodes.add(node(event, path + "[" + nodes.size() + "]", places.apply(event), depth + 1));
    }
    return new Node.Items(nodes, place);
  }

  private Node fields(String path, Place place, int depth) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    Map<String, Place> first = new LinkedHashMap<>();
    for (Event event = next(); !(event instanceof MappingEndEvent); event = next()) {
      Place keyPlace = places.apply(event);
      Node key = node(event, path, keyPlace, depth + 1);
      String name = event instanceof ScalarEvent scalar ? scalar.getValue() : key.shown();
      String inner = Node.join(path, name);
      Node value = node(next(), inner, keyPlace, depth + 1);
      if (!(event instanceof ScalarEvent)) {
        broken = true;
        problem(keyPlace, path, "must have texts for keys, but has " + key.shown());
      } else if (first.containsKey(name)) {
        problem(
            keyPlace, inner, "must be given once, but is at " + first.get(name).text() + " too");
      } else {
        first.put(name, keyPlace);
        nodes.put(name, value);
      }
    }
    return new Node.Fields(nodes, place);
  }

  private static @Nullable Object value(ScalarEvent scalar) {
    String text = scalar.getValue();
    Tag tag = RESOLVER.resolve(text, scalar.getImplicit().canOmitTagInPlainScalar());
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    }
    if (tag.equals(Tag.INT)) {
      return integer(text);
    }
    return tag.equals(Tag.FLOAT) ? floating(text) : text;
  }

  /** A {@code Long}, or a {@code Double} where it is too large. */
  private static Object integer(String text) {
    try {
      if (text.startsWith("0x")) {
        return Long.valueOf(text.substring(2), 16);
      }
      return text.startsWith("0o") ? Long.valueOf(text.substring(2), 8) : Long.valueOf(text);
    } catch (NumberFormatException tooLarge) {
      return text.startsWith("0") ? (Object) text : Double.valueOf(text);
    }
  }

  /**
   * YAML writes the two infinities and not-a-number as {@code .inf}, {@code -.inf} and {@code
   * .nan}.
   */
  private static Double floating(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (word.endsWith(".inf")) {
      return word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return word.equals(".nan") ? Double.valueOf(Double.NaN) : Double.valueOf(text);
  }

  private void problem(Place place, String path, String rule) {
    problem(place, path, rule, "");
  }

  private void problem(Place place, String path, String rule, String hint) {
    problems.add(new Problem(place, path, Optional.empty(), rule, hint));
  }
}
