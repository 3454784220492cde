package org.fettle.search.prune;

import java.util.List;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/**
 * Which reports a rule over epochs judges.
 *
 * @param folds the first so many folds; after them whole folds say more than epochs
 * @param warmup steps of a fold before the first that is judged
 * @param interval every so many steps one is judged
 */
public record Scope(int folds, int warmup, int interval) {

  // Judging the epochs of every fold anew would cut the survivors of one fold down in the next.
  static final Setting FOLDS =
      Setting.integer("folds", 1, Integer.MAX_VALUE, "how many folds have their epochs judged")
          .or(1L);
  // 0 and 1 are the defaults of Optuna's PercentilePruner.
  static final Setting WARMUP =
      Setting.integer("warmup", 0, Integer.MAX_VALUE, "steps before the first that is judged")
          .or(0L);
  static final Setting INTERVAL =
      Setting.integer("interval", 1, Integer.MAX_VALUE, "steps from one that is judged to the next")
          .or(1L);
  static final List<Setting> SETTINGS = List.of(FOLDS, WARMUP, INTERVAL);

  public Scope {
    if (folds < 1 || warmup < 0 || interval < 1) {
      throw new IllegalArgumentException(
          "Scope must have folds ≥ 1, warmup ≥ 0 and interval ≥ 1, but was %d, %d and %d"
              .formatted(folds, warmup, interval));
    }
  }

  static Scope of(Settings settings) {
    return new Scope(
        Math.toIntExact(settings.integer("folds")),
        Math.toIntExact(settings.integer("warmup")),
        Math.toIntExact(settings.integer("interval")));
  }

  /** Whether the report is the first of its fold in an interval that is judged. */
  boolean judges(Curves.Point point) {
    return point.fold() < folds
        && point.step() > warmup
        && interval(point.step()) > interval(point.previous());
  }

  private int interval(int step) {
    return Math.floorDiv(step - warmup - 1, interval);
  }
}
