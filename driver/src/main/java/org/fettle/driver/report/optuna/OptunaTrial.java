package org.fettle.driver.report.optuna;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A trial while its journal is read. For one thread. */
final class OptunaTrial {

  static final int COMPLETE = 1;
  static final int PRUNED = 2;
  static final int FAIL = 3;

  int state;
  final Map<String, Object> values = new LinkedHashMap<>();
  final Map<String, JsonNode> distributions = new LinkedHashMap<>();
  final Map<Integer, Double> steps = new TreeMap<>();
  List<Double> scores = List.of();
  Optional<Instant> started = Optional.empty();
  Optional<Instant> ended = Optional.empty();
  String reason = "failed in Optuna";

  /** Sets a parameter, of which Optuna writes a number or the place among the choices. */
  void set(String name, JsonNode distribution, double internal) {
    JsonNode attributes = distribution.path("attributes");
    String kind = distribution.path("name").asText();
    distributions.put(name, distribution);
    if (kind.startsWith("Categorical")) {
      values.put(name, choice(attributes.path("choices").path((int) internal)));
    } else if (kind.startsWith("Int")) {
      values.put(name, (long) internal);
    } else {
      values.put(name, internal);
    }
  }

  /** A choice as a value of ours; what is none of them goes by its text. */
  static Object choice(JsonNode choice) {
    if (choice.isIntegralNumber()) {
      return choice.asLong();
    }
    if (choice.isNumber()) {
      return choice.asDouble();
    }
    if (choice.isBoolean()) {
      return choice.asBoolean();
    }
    return choice.isNull() ? "None" : choice.isTextual() ? choice.asText() : choice.toString();
  }

  void end(JsonNode scored) {
    List<Double> all = new ArrayList<>();
    scored.forEach(each -> all.add(each.isNumber() ? each.asDouble() : Double.NaN));
    scores = all;
  }
}
