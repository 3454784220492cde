package org.fettle.driver.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Condition;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.OrdinalParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.Scale;
import org.fettle.search.study.Aggregation;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.Direction;
import org.fettle.search.study.Goal;
import org.fettle.search.study.StudySpec;

/** What is searched, and for what, as plain data. */
final class SpaceData {

  private SpaceData() {}

  static List<Map<String, Object>> parameters(StudySpec spec) {
    List<Map<String, Object>> parameters = new ArrayList<>();
    for (Parameter parameter : spec.space().parameters()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", parameter.name());
      json.put("label", label(parameter.name()));
      json.put("summary", parameter.summary());
      if (parameter instanceof DoubleParameter number) {
        json.put("kind", "float");
        json.put("low", number.low());
        json.put("high", number.high());
        json.put("log", number.scale() == Scale.LOG);
      } else if (parameter instanceof IntegerParameter number) {
        json.put("kind", "int");
        json.put("low", number.low());
        json.put("high", number.high());
        json.put("log", number.scale() == Scale.LOG);
      } else if (parameter instanceof CategoricalParameter choice) {
        json.put("kind", "choice");
        json.put("choices", choice.choices());
      } else if (parameter instanceof OrdinalParameter choice) {
        json.put("kind", "ordinal");
        json.put("choices", choice.choices());
      } else {
        throw new AssertionError(parameter);
      }
      if (!parameter.condition().equals(Condition.always())) {
        json.put("when", parameter.condition().toString());
      }
      parameters.add(json);
    }
    return parameters;
  }

  /** The parameter's name without the section that it stands in. */
  static String label(String name) {
    return name.replaceFirst("^(model|training|parameters)\\.", "");
  }

  static List<Map<String, Object>> goals(StudySpec spec) {
    List<Map<String, Object>> goals = new ArrayList<>();
    for (Goal goal : spec.goals()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("metric", goal.metric());
      json.put("maximize", goal.direction() == Direction.MAXIMIZE);
      String word = goal.aggregation().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      json.put(
          "name",
          goal.aggregation() == Aggregation.MEAN ? goal.metric() : word + " " + goal.metric());
      goals.add(json);
    }
    return goals;
  }

  static List<Map<String, Object>> constraints(StudySpec spec) {
    List<Map<String, Object>> constraints = new ArrayList<>();
    for (Constraint constraint : spec.constraints()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("metric", constraint.metric());
      json.put("atMost", constraint.side() == Direction.MINIMIZE);
      json.put("bound", constraint.bound());
      constraints.add(json);
    }
    return constraints;
  }
}
