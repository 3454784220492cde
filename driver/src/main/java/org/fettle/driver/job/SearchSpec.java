package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How the space is searched.
 *
 * @param trials how many trials the study takes; empty for all that the suggester has
 * @param parallel how many trials are in flight at once; empty for as many as there is room for
 */
public record SearchSpec(Component suggester, OptionalInt trials, OptionalInt parallel) {

  public SearchSpec {
    requireNonNull(suggester, "suggester is null");
    requirePositive("Trials", trials);
    requirePositive("Parallel", parallel);
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
    canonical.put("parallel", parallel.isPresent() ? (Object) (long) parallel.getAsInt() : "auto");
    return canonical;
  }
}
