package org.fettle.search.stop;

import java.time.Duration;
import java.util.Optional;
import org.fettle.search.study.History;

/** Ends a study when it has been at work for so long. */
public record DurationRule(Duration limit) implements StopRule {

  public DurationRule {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("Limit must be positive, but was " + limit);
    }
  }

  @Override
  public Optional<String> reason(History history, Duration elapsed) {
    return elapsed.compareTo(limit) < 0
        ? Optional.empty()
        : Optional.of("%s of %s have passed".formatted(words(elapsed), words(limit)));
  }

  /** "1 h 30 min 5 s". */
  private static String words(Duration duration) {
    StringBuilder words = new StringBuilder();
    if (duration.toHours() > 0) {
      words.append(duration.toHours()).append(" h ");
    }
    if (duration.toMinutes() > 0) {
      words.append(duration.toMinutesPart()).append(" min ");
    }
    return words.append(duration.toSecondsPart()).append(" s").toString();
  }
}
