package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.fettle.search.settings.SettingType;
import org.fettle.search.settings.SettingType.IntegerRange;
import org.fettle.search.settings.SettingType.ListOf;
import org.fettle.search.space.Condition;
import org.fettle.search.space.Parameter;

/**
 * Reads {@code {repeat: count, of: value}}: a list of {@code count} values, each with parameters of
 * its own, which are active when the list is long enough.
 */
final class RepeatDomain {

  /** Each element has its own parameters, more than any suggester can tell apart. */
  private static final int MAX_COUNT = 100;

  private final Domain domain;
  private final Spot spot;

  RepeatDomain(Domain domain) {
    this.domain = domain;
    this.spot = domain.spot();
  }

  Tunable read() {
    SettingType type = domain.type();
    if (type != null && !(type instanceof ListOf)) {
      return domain.refuse(type.problem("").orElseThrow(), "");
    }
    Node of = domain.get("of");
    SettingType element = type instanceof ListOf list ? list.element() : null;
    Tunable count = count();
    if (of == null) {
      domain.reader().problems().add(domain.at("of").path(), "must be given");
      return ValueReader.PLACEHOLDER;
    }
    List<Tunable> elements = new ArrayList<>();
    long low = least(count);
    for (int i = 0; i < Math.max(1, most(count)); i++) {
      Condition reached =
          i < low ? Condition.always() : Condition.atLeast(spot.name() + ".repeat", i + 1.0);
      Spot inner = domain.at("of").named("[" + i + "]").when(reached);
      elements.add(domain.reader().read(of, element, inner));
    }
    return new Tunable.Repeat(count, elements);
  }

  private Tunable count() {
    Node node = requireNonNull(domain.get("repeat"));
    Spot at = domain.at("repeat").named(".repeat");
    Tunable count = domain.reader().read(node, new IntegerRange(0, MAX_COUNT), at);
    boolean flat =
        !(count instanceof Tunable.Choice choice)
            || choice.options().values().stream().allMatch(Tunable.Constant.class::isInstance);
    if (!flat) {
      domain
          .reader()
          .problems()
          .add(at.path(), node, "must be an integer, or an int or a choice of integers");
    }
    return count;
  }

  private static long least(Tunable count) {
    return values(count).stream().mapToLong(RepeatDomain::number).min().orElse(0);
  }

  private static long most(Tunable count) {
    return values(count).stream().mapToLong(RepeatDomain::number).max().orElse(0);
  }

  /** The counts, or the least and the greatest. */
  private static List<Object> values(Tunable count) {
    if (count instanceof Tunable.Draw draw) {
      Parameter parameter = draw.parameter();
      return List.of(parameter.fromUnit(0), parameter.fromUnit(1));
    }
    if (count instanceof Tunable.Choice choice) {
      return List.copyOf(choice.options().keySet());
    }
    return count instanceof Tunable.Constant constant ? List.of(constant.value()) : List.of();
  }

  private static long number(Object value) {
    return value instanceof Long number ? number : 0;
  }
}
