package org.fettle.search.stop;

import java.time.Duration;
import java.util.Optional;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;

/** Ends a study when a feasible trial's first goal is as good as a target. */
public record TargetRule(double target) implements StopRule {

  public TargetRule {
    if (!Double.isFinite(target)) {
      throw new IllegalArgumentException("Target must be finite, but was " + target);
    }
  }

  @Override
  public Optional<String> reason(History history, Duration elapsed) {
    Goal goal = history.spec().goal();
    Optional<Trial> incumbent = history.incumbent();
    if (incumbent.isEmpty()) {
      return Optional.empty();
    }
    double best = incumbent.get().completed().orElseThrow().value(goal.metric());
    return goal.direction().better(target, best)
        ? Optional.empty()
        : Optional.of(
            "%s %s of trial %d reaches the target %s"
                .formatted(goal.metric(), best, incumbent.get().number(), target));
  }
}
