package org.fettle.search.prune;

import java.util.Locale;
import org.fettle.search.study.Goal;

/** How numbers stand in reasons. */
final class Reasons {

  private Reasons() {}

  /** A loss as the metric that it came from, with four digits. */
  static String value(Goal goal, double loss) {
    return String.format(Locale.ROOT, "%.4g", goal.direction().loss(loss));
  }

  /** "loss 0.8100 at step 4 of fold 0". */
  static String at(Goal goal, double loss, Curves.Point point) {
    return "%s %s at step %d of fold %d"
        .formatted(goal.metric(), value(goal, loss), point.step(), point.fold());
  }
}
