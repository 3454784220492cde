package org.fettle.search.stop;

import java.time.Duration;
import java.util.Optional;
import org.fettle.search.study.History;

/** Ends a study when it has started so many trials, whatever became of them. */
public record TrialsRule(int trials) implements StopRule {

  public TrialsRule {
    if (trials < 1) {
      throw new IllegalArgumentException("Trials must be positive, but was " + trials);
    }
  }

  @Override
  public Optional<String> reason(History history, Duration elapsed) {
    return history.size() < trials
        ? Optional.empty()
        : Optional.of("%d of %d trials were started".formatted(history.size(), trials));
  }
}
