package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.Forbidden;

/**
 * How the space is searched.
 *
 * @param trials how many trials the study takes; empty for all that the suggester has
 * @param parallel how many trials are in flight at once; empty for as many as there is room for
 * @param fuse how many runs are trained as one network at most; empty for as many as is worth while
 * @param start what is tried first, in this order
 * @param forbidden combinations of values that are not tried
 * @param warmStart where earlier studies lie to learn from
 * @param stop rules of which the first to hold ends the study
 */
public record SearchSpec(
    Component suggester,
    OptionalInt trials,
    OptionalInt parallel,
    OptionalInt fuse,
    List<Assignment> start,
    List<Forbidden> forbidden,
    List<String> warmStart,
    List<Component> stop) {

  public SearchSpec {
    requireNonNull(suggester, "suggester is null");
    requirePositive("Trials", trials);
    requirePositive("Parallel", parallel);
    requirePositive("Fuse", fuse);
    start = List.copyOf(start);
    forbidden = List.copyOf(forbidden);
    warmStart = List.copyOf(warmStart);
    stop = List.copyOf(stop);
  }

  private static void requirePositive(String what, OptionalInt value) {
    if (value.isPresent() && value.getAsInt() < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, but was " + value.getAsInt());
    }
  }

  Map<String, Object> canonical() {
    Map<String, Object> canonical = new LinkedHashMap<>();
    canonical.put("suggester", suggester.canonical());
    trials.ifPresent(count -> canonical.put("trials", (long) count));
    canonical.put("parallel", orAuto(parallel));
    canonical.put("fuse", orAuto(fuse));
    canonical.put("start", start.stream().map(Assignment::values).toList());
    canonical.put("forbidden", forbidden.stream().map(Forbidden::values).toList());
    canonical.put("warm-start", warmStart);
    canonical.put("stop", stop.stream().map(Component::canonical).toList());
    return canonical;
  }

  private static Object orAuto(OptionalInt value) {
    return value.isPresent() ? (Object) (long) value.getAsInt() : "auto";
  }

  /** {@link #canonical} without what may change when a study goes on. */
  Map<String, Object> lasting() {
    Map<String, Object> lasting = canonical();
    lasting.keySet().removeAll(List.of("trials", "parallel", "fuse", "stop"));
    return lasting;
  }
}
