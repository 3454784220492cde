package org.fettle.driver.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fettle.search.settings.SettingType;
import org.fettle.search.settings.SettingType.IntegerRange;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.Scale;
import org.jspecify.annotations.Nullable;

/** Reads {@code {float: [low, high]}} and {@code {int: [low, high]}}. */
final class NumberDomain {

  private final Domain domain;
  private final String kind;
  private final boolean whole;
  private final Problems problems;

  NumberDomain(Domain domain, String kind) {
    this.domain = domain;
    this.kind = kind;
    this.whole = kind.equals("int");
    this.problems = domain.reader().problems();
  }

  Tunable read() {
    String path = domain.at(kind).path();
    Node bounds = domain.get(kind);
    if (bounds == null || !(bounds instanceof Node.Items items) || items.nodes().size() != 2) {
      return bad(path, bounds, "must be [low, high]");
    }
    Number low = number(items.nodes().get(0), path + "[0]");
    Number high = number(items.nodes().get(1), path + "[1]");
    boolean log = log();
    Number step = step(log);
    if (low == null || high == null || (domain.get("step") != null && step == null)) {
      return ValueReader.PLACEHOLDER;
    }
    if (low.doubleValue() > high.doubleValue()) {
      return bad(path, bounds, "must be [low, high] with low ≤ high");
    }
    boolean fits = fits(low, items.nodes().get(0), path + "[0]");
    fits &= low.equals(high) || fits(high, items.nodes().get(1), path + "[1]");
    if (fits && log && low.doubleValue() <= 0) {
      return bad(path + "[0]", items.nodes().get(0), "must be positive on a log scale");
    }
    return fits ? draw(low, high, log ? Scale.LOG : Scale.LINEAR, step) : ValueReader.PLACEHOLDER;
  }

  private Tunable draw(Number low, Number high, Scale scale, @Nullable Number step) {
    try {
      Parameter parameter = parameter(low, high, scale, step);
      Node given = domain.get("default");
      if (given == null) {
        return new Tunable.Draw(parameter.when(domain.spot().condition()));
      }
      Number standard = number(given, domain.at("default").path());
      if (standard == null) {
        return ValueReader.PLACEHOLDER;
      }
      if (!parameter.contains(standard)) {
        return bad(domain.at("default").path(), given, "must be " + parameter.summary());
      }
      Parameter started =
          parameter instanceof DoubleParameter real
              ? real.withDefault(standard.doubleValue())
              : ((IntegerParameter) parameter).withDefault(standard.longValue());
      return new Tunable.Draw(started.when(domain.spot().condition()));
    } catch (IllegalArgumentException e) {
      problems.add(domain.spot().path(), "cannot be searched: " + e.getMessage());
      return ValueReader.PLACEHOLDER;
    }
  }

  private Parameter parameter(Number low, Number high, Scale scale, @Nullable Number step) {
    String name = domain.spot().name();
    if (whole) {
      return step == null
          ? IntegerParameter.of(name, low.longValue(), high.longValue(), scale)
          : IntegerParameter.stepped(name, low.longValue(), high.longValue(), step.longValue());
    }
    return step == null
        ? DoubleParameter.of(name, low.doubleValue(), high.doubleValue(), scale)
        : DoubleParameter.stepped(name, low.doubleValue(), high.doubleValue(), step.doubleValue());
  }

  /** The number of the domain's kind; null, and a problem, where there is none. */
  private @Nullable Number number(Node node, String path) {
    Object value = node instanceof Node.Scalar scalar ? scalar.value() : null;
    if (value instanceof Long number) {
      return whole ? (Number) number : (Number) number.doubleValue();
    }
    if (!whole && value instanceof Double number && Double.isFinite(number)) {
      return number;
    }
    bad(path, node, whole ? "must be an integer" : "must be a finite number");
    return null;
  }

  private boolean log() {
    Node log = domain.get("log");
    if (log != null && !(domain.scalar("log") instanceof Boolean)) {
      bad(domain.at("log").path(), log, "must be true or false");
    }
    return Boolean.TRUE.equals(domain.scalar("log"));
  }

  private @Nullable Number step(boolean log) {
    Node node = domain.get("step");
    if (node == null) {
      return null;
    }
    String path = domain.at("step").path();
    Number step = number(node, path);
    if (step != null && step.doubleValue() <= 0) {
      bad(path, node, "must be positive");
      return null;
    }
    if (step != null && log) {
      bad(path, node, "must be left out on a log scale");
      return null;
    }
    return step;
  }

  /** Whether the setting takes an end of the range. */
  private boolean fits(Number end, Node shown, String path) {
    SettingType type = domain.type();
    Optional<String> problem = type == null ? Optional.empty() : type.problem(end);
    if (problem.isPresent() && type instanceof IntegerRange && !whole) {
      problems.add(domain.spot().path(), domain.fields(), problem.get(), "search with int");
    } else {
      problem.ifPresent(rule -> bad(path, shown, rule));
    }
    return problem.isEmpty();
  }

  private Tunable bad(String path, @Nullable Object value, String rule) {
    problems.add(path, value, rule);
    return ValueReader.PLACEHOLDER;
  }

  /** As a job file writes it. */
  static Object canonical(Parameter parameter) {
    Map<String, Object> canonical = new LinkedHashMap<>();
    if (parameter instanceof DoubleParameter real) {
      canonical.put("float", List.of(real.low(), real.high()));
      scale(canonical, real.scale());
      OptionalDouble step = real.step();
      step.ifPresent(size -> canonical.put("step", size));
    } else if (parameter instanceof IntegerParameter integer) {
      canonical.put("int", List.of(integer.low(), integer.high()));
      scale(canonical, integer.scale());
      if (integer.step() > 1) {
        canonical.put("step", integer.step());
      }
    } else {
      throw new AssertionError(parameter);
    }
    parameter.defaultValue().ifPresent(value -> canonical.put("default", value));
    return canonical;
  }

  private static void scale(Map<String, Object> canonical, Scale scale) {
    if (scale == Scale.LOG) {
      canonical.put("log", true);
    }
  }
}
