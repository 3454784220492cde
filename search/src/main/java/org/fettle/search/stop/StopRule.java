package org.fettle.search.stop;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.fettle.search.study.History;

/**
 * Says when a study has done enough, so that no more trials are started. Implementations are
 * immutable and safe for several threads, and equal arguments give equal answers.
 */
@FunctionalInterface
public interface StopRule {

  /**
   * Returns why the study should end, with the numbers, in words a person understands; or nothing.
   *
   * @param elapsed how long the study has been at work, all its sessions together
   */
  Optional<String> reason(History history, Duration elapsed);

  /** The rule that holds as soon as one of several does; the first that does says why. */
  static StopRule anyOf(List<StopRule> rules) {
    List<StopRule> copy = List.copyOf(rules);
    return (history, elapsed) ->
        copy.stream().flatMap(rule -> rule.reason(history, elapsed).stream()).findFirst();
  }
}
