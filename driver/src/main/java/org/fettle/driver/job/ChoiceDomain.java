package org.fettle.driver.job;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fettle.search.settings.SettingType.Kinds;
import org.fettle.search.settings.SettingType.NumberRange;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Condition;
import org.fettle.search.space.OrdinalParameter;
import org.fettle.search.space.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {choice: [option, …]}}. A scalar option is a value of the parameter; any other goes
 * by a label there, which also names the option's own parameters.
 */
final class ChoiceDomain {

  private static final int LONGEST_LABEL = 24;

  private final Domain domain;
  private final Spot spot;
  private final Problems problems;

  ChoiceDomain(Domain domain) {
    this.domain = domain;
    this.spot = domain.spot();
    this.problems = domain.reader().problems();
  }

  Tunable read() {
    Node node = domain.get("choice");
    String path = domain.at("choice").path();
    if (!(node instanceof Node.Items items) || items.nodes().isEmpty()) {
      problems.add(path, node, "must be a list of at least one option");
      return ValueReader.PLACEHOLDER;
    }
    List<Object> labels = labels(items.nodes());
    Map<Object, Tunable> options = new LinkedHashMap<>();
    Map<Object, Integer> seen = new LinkedHashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      Spot inner =
          domain
              .at("choice[" + i + "]")
              .named("." + labels.get(i))
              .when(Condition.oneOf(spot.name(), labels.get(i)));
      Tunable option = domain.reader().read(items.nodes().get(i), domain.type(), inner);
      Integer before = seen.putIfAbsent(option.canonical(), i);
      if (before != null && !option.equals(ValueReader.PLACEHOLDER)) {
        problems.add(inner.path(), items.nodes().get(i), "must differ from choice[" + before + "]");
      }
      options.put(labels.get(i), option);
    }
    return new Tunable.Choice(parameter(List.copyOf(options.keySet())), options);
  }

  private Parameter parameter(List<Object> values) {
    Parameter parameter =
        ascending(values)
            ? OrdinalParameter.of(spot.name(), values.toArray())
            : CategoricalParameter.of(spot.name(), values.toArray());
    Node given = domain.get("default");
    if (given == null) {
      return parameter.when(spot.condition());
    }
    Object value = domain.scalar("default");
    Object standard =
        value instanceof Long number && !values.contains(value)
            ? (Object) number.doubleValue()
            : value;
    if (standard == null || !parameter.contains(standard)) {
      problems.add(domain.at("default").path(), given, "must be one of " + values);
      return parameter;
    }
    Parameter started =
        parameter instanceof OrdinalParameter ordinal
            ? ordinal.withDefault(standard)
            : ((CategoricalParameter) parameter).withDefault(standard);
    return started.when(spot.condition());
  }

  private static boolean ascending(List<Object> values) {
    for (int i = 0; i < values.size(); i++) {
      if (!(values.get(i) instanceof Number number)
          || (i > 0 && ((Number) values.get(i - 1)).doubleValue() >= number.doubleValue())) {
        return false;
      }
    }
    return values.size() > 1;
  }

  /**
   * What each option is in the parameter; all different unless options are equal scalars. Numbers
   * are all of one kind there, since a value has to equal its option.
   */
  private List<Object> labels(List<Node> options) {
    Set<String> taken = new HashSet<>();
    boolean real =
        domain.type() instanceof NumberRange
            || options.stream().anyMatch(option -> value(option) instanceof Double);
    List<Object> labels = new ArrayList<>();
    for (Node option : options) {
      Object value = value(option);
      Object label = real && value instanceof Long number ? (Object) number.doubleValue() : value;
      labels.add(label == null ? "" : label);
      if (label != null) {
        taken.add(label.toString());
      }
    }
    for (int i = 0; i < labels.size(); i++) {
      if (value(options.get(i)) == null) {
        labels.set(i, unique(label(options.get(i), i), taken));
      }
    }
    return labels;
  }

  private static @Nullable Object value(Node option) {
    Object value = option instanceof Node.Scalar scalar ? scalar.value() : null;
    // A parameter has one zero and no infinities; the reader refuses those.
    return value instanceof Double number ? real(number) : value;
  }

  private static Object real(double number) {
    return Double.isFinite(number) ? (Object) (number + 0.0) : String.valueOf(number);
  }

  private String label(Node option, int index) {
    String numbered = "option-" + (index + 1);
    if (option instanceof Node.Items) {
      String text = option.text();
      return text.length() <= LONGEST_LABEL && !text.contains("{") ? text : numbered;
    }
    if (!(option instanceof Node.Fields fields)) {
      return numbered;
    }
    Optional<String> kind = Domain.KINDS.stream().filter(fields.nodes()::containsKey).findFirst();
    String key = domain.type() instanceof Kinds kinds ? kinds.key() : "type";
    return kind.orElseGet(
        () ->
            fields.nodes().get(key) instanceof Node.Scalar scalar
                    && scalar.value() instanceof String text
                ? text
                : numbered);
  }

  private static String unique(String label, Set<String> taken) {
    String unique = label;
    for (int i = 2; !taken.add(unique); i++) {
      unique = label + "-" + i;
    }
    return unique;
  }
}
