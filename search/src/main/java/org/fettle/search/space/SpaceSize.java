package org.fettle.search.space;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts the assignments of a space. Parameters that no condition and no forbidden combination ties
 * together are counted apart and multiplied; of those tied together the first is given its values
 * in turn, which unties others. Values that nothing tells apart are counted as one class, so that a
 * tree of conditions costs about its number of branches; sub-counts that recur are kept.
 */
final class SpaceSize {

  /** Stands for a continuous number of assignments. */
  private static final BigInteger INFINITE = BigInteger.ONE.negate();

  private final List<Forbidden> forbidden;
  private final Map<String, List<Part>> parts = new HashMap<>();

  /** The parameters that a condition or a forbidden combination looks at. */
  private final Set<String> watched = new HashSet<>();

  private final Map<Key, BigInteger> known = new HashMap<>();

  private SpaceSize(SearchSpace space) {
    forbidden = space.forbidden();
    for (Parameter parameter : space.parameters()) {
      parts.put(parameter.name(), parts(parameter, space));
      watched.addAll(parameter.condition().parents());
    }
    forbidden.forEach(clause -> watched.addAll(clause.values().keySet()));
  }

  static Optional<BigInteger> of(SearchSpace space) {
    BigInteger count = new SpaceSize(space).count(space.parameters(), Map.of());
    return count.equals(INFINITE) ? Optional.empty() : Optional.of(count);
  }

  private BigInteger count(List<Parameter> open, Map<String, Object> chosen) {
    BigInteger product = BigInteger.ONE;
    Set<String> names = names(open);
    List<Parameter> left = new ArrayList<>();
    for (Parameter parameter : open) {
      if (watched.contains(parameter.name())
          || parameter.condition().parents().stream().anyMatch(names::contains)) {
        left.add(parameter);
      } else {
        product = times(product, countTied(List.of(parameter), chosen));
      }
    }
    while (!left.isEmpty()) {
      List<Parameter> tied = tied(left, chosen);
      left.removeAll(tied);
      product = times(product, countTied(tied, chosen));
    }
    return product;
  }

  private static Set<String> names(List<Parameter> parameters) {
    return parameters.stream().map(Parameter::name).collect(Collectors.toSet());
  }

  /** The first of the parameters with all that it is tied to, in the order of the space. */
  private List<Parameter> tied(List<Parameter> open, Map<String, Object> chosen) {
    Set<String> names = names(open);
    List<Set<String>> ties = new ArrayList<>();
    for (Parameter parameter : open) {
      Set<String> tie = new TreeSet<>(parameter.condition().parents());
      tie.add(parameter.name());
      tie.retainAll(names);
      ties.add(tie);
    }
    for (Forbidden clause : forbidden) {
      Set<String> tie = new TreeSet<>(clause.values().keySet());
      tie.retainAll(names);
      if (mayMatch(clause, names, chosen)) {
        ties.add(tie);
      }
    }
    Set<String> reached = new TreeSet<>(Set.of(open.get(0).name()));
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Set<String> tie : ties) {
        if (tie.stream().anyMatch(reached::contains)) {
          grew |= reached.addAll(tie);
        }
      }
    }
    return open.stream().filter(each -> reached.contains(each.name())).toList();
  }

  private static boolean mayMatch(Forbidden clause, Set<String> open, Map<String, Object> chosen) {
    return clause.values().entrySet().stream()
        .allMatch(
            entry ->
                open.contains(entry.getKey())
                    || Values.same(entry.getValue(), chosen.get(entry.getKey())));
  }

  private BigInteger countTied(List<Parameter> tied, Map<String, Object> chosen) {
    Key key = new Key(tied.stream().map(Parameter::name).toList(), relevant(tied, chosen));
    BigInteger counted = known.get(key);
    if (counted == null) {
      counted = countByFirst(tied.get(0), tied.subList(1, tied.size()), chosen);
      known.put(key, counted);
    }
    return counted;
  }

  /** What has been chosen that the parameters look at. */
  private Map<String, Object> relevant(List<Parameter> tied, Map<String, Object> chosen) {
    Map<String, Object> relevant = new HashMap<>();
    for (Parameter parameter : tied) {
      parameter.condition().parents().forEach(name -> copy(name, chosen, relevant));
      for (Forbidden clause : forbidden) {
        if (clause.values().containsKey(parameter.name())) {
          clause.values().keySet().forEach(name -> copy(name, chosen, relevant));
        }
      }
    }
    return relevant;
  }

  private static void copy(String name, Map<String, Object> from, Map<String, Object> to) {
    Object value = from.get(name);
    if (value != null) {
      to.put(name, value);
    }
  }

  private BigInteger countByFirst(
      Parameter first, List<Parameter> rest, Map<String, Object> chosen) {
    if (!first.condition().holds(chosen)) {
      return count(rest, chosen);
    }
    BigInteger sum = BigInteger.ZERO;
    for (Part part : parts.getOrDefault(first.name(), List.of())) {
      Map<String, Object> more = new LinkedHashMap<>(chosen);
      more.put(first.name(), part.value());
      if (forbidden.stream().noneMatch(clause -> clause.matches(more))) {
        sum = plus(sum, times(part.size(), count(rest, more)));
      }
    }
    return sum;
  }

  private static BigInteger times(BigInteger one, BigInteger other) {
    if (one.signum() == 0 || other.signum() == 0) {
      return BigInteger.ZERO;
    }
    return one.equals(INFINITE) || other.equals(INFINITE) ? INFINITE : one.multiply(other);
  }

  private static BigInteger plus(BigInteger one, BigInteger other) {
    return one.equals(INFINITE) || other.equals(INFINITE) ? INFINITE : one.add(other);
  }

  /** The values of a parameter, in parts that no condition and no combination tells apart. */
  private static List<Part> parts(Parameter parameter, SearchSpace space) {
    Marks marks = new Marks(parameter.name());
    space.parameters().forEach(each -> marks.collect(each.condition()));
    space.forbidden().forEach(clause -> marks.collect(clause.values().get(parameter.name())));
    if (parameter.cardinality().isEmpty()) {
      // One value each stands for the infinitely many between two bounds.
      TreeSet<Double> values = new TreeSet<>(marks.bounds);
      values.add(((DoubleParameter) parameter).low());
      values.add(((DoubleParameter) parameter).high());
      return values.stream()
          .filter(parameter::contains)
          .map(value -> new Part(value, INFINITE))
          .toList();
    }
    long size = parameter.cardinality().getAsLong();
    TreeSet<Long> starts = new TreeSet<>(Set.of(0L));
    if (parameter instanceof ChoiceParameter && !marks.isEmpty()) {
      for (long index = 0; index < size; index++) {
        starts.add(index);
      }
    } else {
      for (Object value : marks.values) {
        starts.add(parameter.index(value));
        starts.add(parameter.index(value) + 1);
      }
      for (double bound : marks.bounds) {
        starts.add(firstFrom(parameter, size, bound));
      }
    }
    List<Part> parts = new ArrayList<>();
    for (Long start : starts.headSet(size)) {
      Long next = starts.higher(start);
      long end = next == null ? size : Math.min(next, size);
      parts.add(new Part(parameter.value(start), BigInteger.valueOf(end - start)));
    }
    return parts;
  }

  /** The index of the first value that is at least the bound. */
  private static long firstFrom(Parameter parameter, long size, double bound) {
    long low = 0;
    long high = size;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (((Number) parameter.value(middle)).doubleValue() < bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private record Part(Object value, BigInteger size) {}

  private record Key(List<String> open, Map<String, Object> relevant) {}

  /** What the rest of a space says about the values of one parameter. */
  private static final class Marks {
    private final String name;
    private final List<Object> values = new ArrayList<>();
    private final List<Double> bounds = new ArrayList<>();

    Marks(String name) {
      this.name = name;
    }

    void collect(@Nullable Object value) {
      if (value != null) {
        values.add(value);
      }
    }

    void collect(Condition condition) {
      if (condition instanceof Condition.OneOf oneOf) {
        if (oneOf.parent().equals(name)) {
          values.addAll(oneOf.values());
        }
      } else if (condition instanceof Condition.AtLeast atLeast) {
        if (atLeast.parent().equals(name)) {
          bounds.add(atLeast.bound());
        }
      } else if (condition instanceof Condition.AllOf allOf) {
        allOf.conditions().forEach(this::collect);
      } else {
        throw new AssertionError(condition);
      }
    }

    boolean isEmpty() {
      return values.isEmpty() && bounds.isEmpty();
    }
  }
}
