package org.fettle.driver.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.search.settings.NearMatch;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType;
import org.fettle.search.settings.SettingType.Kinds;
import org.fettle.search.settings.SettingType.ListOf;
import org.fettle.search.settings.SettingType.Named;
import org.fettle.search.settings.SettingType.NumberRange;
import org.fettle.search.settings.SettingType.Word;
import org.jspecify.annotations.Nullable;

/**
 * Checks nodes against what is declared and makes tunables of them, with the defaults filled in.
 * Where there is a problem, the tunable is a placeholder, so that reading goes on.
 */
final class ValueReader {

  static final Tunable PLACEHOLDER = new Tunable.Constant("?");

  private final Problems problems;

  ValueReader(Problems problems) {
    this.problems = problems;
  }

  Problems problems() {
    return problems;
  }

  /**
   * Reads a value or a search domain.
   *
   * @param type null where anything goes
   */
  Tunable read(Node node, @Nullable SettingType type, Spot spot) {
    if (node instanceof Node.Fields fields && Domain.is(fields)) {
      return new Domain(this, fields, type, spot).read();
    }
    if (type == null) {
      return any(node, spot);
    }
    if (type instanceof Kinds kinds) {
      return kind(node, kinds, spot);
    }
    if (type instanceof Named named && node instanceof Node.Fields fields) {
      Map<String, Tunable> groups = new LinkedHashMap<>();
      fields
          .nodes()
          .forEach(
              (name, value) -> groups.put(name, group(value, named.settings(), spot.child(name))));
      return new Tunable.Group(groups);
    }
    if (type instanceof ListOf list && node instanceof Node.Items items) {
      return elements(items, list.element(), spot);
    }
    return scalar(node, type, spot);
  }

  /** Reads a map of declared settings. */
  Tunable.Group group(Node node, List<Setting> declared, Spot spot) {
    return new Tunable.Group(settings(node, declared, "", spot));
  }

  private Map<String, Tunable> settings(
      Node node, List<Setting> declared, String kindKey, Spot spot) {
    Map<String, Tunable> tunables = new LinkedHashMap<>();
    if (!(node instanceof Node.Fields fields)) {
      refuse(spot, node, "must be a map", "");
      return tunables;
    }
    for (Setting setting : declared) {
      Node given = fields.nodes().get(setting.name());
      Spot inner = spot.child(setting.name());
      if (given != null) {
        tunables.put(setting.name(), read(given, setting.type(), inner));
      } else if (setting.defaultValue().isPresent()) {
        Node standard = Node.of(setting.defaultValue().get(), fields.place());
        tunables.put(setting.name(), read(standard, setting.type(), inner));
      } else if (setting.required()) {
        problems.add(inner.path(), "must be given");
      }
    }
    List<String> known = new ArrayList<>(declared.stream().map(Setting::name).toList());
    if (!kindKey.isEmpty()) {
      known.add(0, kindKey);
    }
    unknownKeys(fields, known, spot.path(), spot.path());
    return tunables;
  }

  /** Adds a problem for each key that is not known. */
  void unknownKeys(Node.Fields fields, List<String> known, String path, String owner) {
    for (String key : fields.nodes().keySet()) {
      if (!known.contains(key)) {
        Problem problem =
            new Problem(
                problems.place(Node.join(path, key)),
                Node.join(path, key),
                Optional.empty(),
                "is not a key of " + owner,
                NearMatch.hintAndKnown(key, known));
        problems.add(problem);
      }
    }
  }

  private Tunable kind(Node node, Kinds kinds, Spot spot) {
    boolean bare = node instanceof Node.Scalar;
    Node.Fields fields =
        node instanceof Node.Fields map
            ? map
            : new Node.Fields(bare ? Map.of(kinds.key(), node) : Map.of(), node.place());
    Spot keySpot = bare ? spot : spot.child(kinds.key());
    Node name = fields.nodes().get(kinds.key());
    if (node instanceof Node.Items) {
      return refuse(spot, node, "must be " + kinds.summary(), "");
    }
    if (name == null) {
      problems.add(keySpot.path(), "must be given, as " + kinds.summary());
      return PLACEHOLDER;
    }
    if (name instanceof Node.Fields domain && Domain.is(domain)) {
      return refuse(
          keySpot, name, "must be " + kinds.summary(), "search for it with a choice of maps");
    }
    Object kind = name instanceof Node.Scalar scalar ? scalar.value() : null;
    List<Setting> declared = kind instanceof String text ? kinds.kinds().get(text) : null;
    if (declared == null) {
      String hint = NearMatch.hint(name.text(), kinds.kinds().keySet());
      return refuse(keySpot, name, "must be " + kinds.summary(), hint);
    }
    Map<String, Tunable> tunables = new LinkedHashMap<>();
    tunables.put(kinds.key(), new Tunable.Constant(String.valueOf(kind)));
    tunables.putAll(settings(fields, declared, kinds.key(), spot));
    return new Tunable.Group(tunables);
  }

  private Tunable elements(Node.Items items, @Nullable SettingType element, Spot spot) {
    List<Tunable> tunables = new ArrayList<>();
    for (Node node : items.nodes()) {
      tunables.add(read(node, element, spot.element(tunables.size())));
    }
    return new Tunable.Elements(tunables);
  }

  private Tunable scalar(Node node, SettingType type, Spot spot) {
    Object value = node instanceof Node.Scalar scalar ? scalar.value() : null;
    // No type takes an empty text, so that this asks for the rule.
    Optional<String> problem = type.problem(value == null ? "" : value);
    if (problem.isPresent() || value == null) {
      return refuse(spot, node, problem.orElse("must be given"), hint(node, type));
    }
    boolean real = type instanceof NumberRange && value instanceof Long;
    return new Tunable.Constant(real ? ((Long) value).doubleValue() : value);
  }

  private static String hint(Node node, SettingType type) {
    if (node instanceof Node.Fields fields && !fields.nodes().isEmpty()) {
      return NearMatch.hint(fields.nodes().keySet().iterator().next(), Domain.KINDS);
    }
    if (type instanceof ListOf && node instanceof Node.Scalar) {
      return "write [" + node.text() + "]";
    }
    return type instanceof Word word ? NearMatch.hint(node.text(), word.words()) : "";
  }

  private Tunable any(Node node, Spot spot) {
    if (node instanceof Node.Items items) {
      return elements(items, null, spot);
    }
    if (node instanceof Node.Fields fields) {
      Map<String, Tunable> tunables = new LinkedHashMap<>();
      fields.nodes().forEach((key, value) -> tunables.put(key, any(key, value, spot)));
      return new Tunable.Group(tunables);
    }
    Object value = ((Node.Scalar) node).value();
    boolean infinite = value instanceof Double number && !Double.isFinite(number);
    if (value == null || infinite) {
      return refuse(spot, node, "must be a finite number, a text, true or false", "");
    }
    return new Tunable.Constant(value);
  }

  private Tunable any(String key, Node value, Spot spot) {
    if (!key.matches("[A-Za-z0-9_-]+")) {
      problems.add(spot.path(), key, "must have keys of letters, digits, _ and -");
    }
    return read(value, null, spot.child(key));
  }

  Tunable refuse(Spot spot, Node node, String rule, String hint) {
    problems.add(spot.path(), node, rule, hint);
    return PLACEHOLDER;
  }
}
