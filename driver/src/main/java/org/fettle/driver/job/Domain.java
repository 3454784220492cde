package org.fettle.driver.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fettle.search.settings.SettingType;
import org.jspecify.annotations.Nullable;

/** Reads a search domain: a map with one of the keys {@link #KINDS}. */
record Domain(ValueReader reader, Node.Fields fields, @Nullable SettingType type, Spot spot) {

  /** What a domain is known by, and what else it may hold. */
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "float", List.of("float", "log", "step", "default"),
          "int", List.of("int", "log", "step", "default"),
          "choice", List.of("choice", "default"),
          "repeat", List.of("repeat", "of"));

  static final List<String> KINDS = List.of("float", "int", "choice", "repeat");

  static boolean is(Node.Fields fields) {
    return KINDS.stream().anyMatch(fields.nodes()::containsKey);
  }

  Tunable read() {
    List<String> kinds = KINDS.stream().filter(fields.nodes()::containsKey).toList();
    if (spot.search() == Spot.Search.REFUSED) {
      return refuse("must be a value", "only model, training and parameters are searched");
    }
    if (kinds.size() > 1) {
      return refuse("must be one domain, but has " + String.join(" and ", kinds));
    }
    String kind = kinds.get(0);
    reader.unknownKeys(
        fields, new ArrayList<>(KEYS.get(kind)), spot.path(), "a " + kind + " domain");
    return switch (kind) {
      case "choice" -> new ChoiceDomain(this).read();
      case "repeat" -> new RepeatDomain(this).read();
      default -> new NumberDomain(this, kind).read();
    };
  }

  @Nullable Node get(String key) {
    return fields.nodes().get(key);
  }

  /** Where a key of the domain stands. */
  Spot at(String key) {
    return spot.at("." + key);
  }

  /** The value of a key, if it is a scalar. */
  @Nullable Object scalar(String key) {
    return fields.scalar(key);
  }

  Tunable refuse(String rule, String hint) {
    return reader.refuse(spot, fields, rule, hint);
  }

  Tunable refuse(String rule) {
    reader.problems().add(spot.path(), rule);
    return ValueReader.PLACEHOLDER;
  }
}
