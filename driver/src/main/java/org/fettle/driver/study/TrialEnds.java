package org.fettle.driver.study;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.fettle.search.prune.Pruner;
import org.fettle.search.prune.Verdict;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;

/** What becomes of trials by what is known of them. */
final class TrialEnds {

  private TrialEnds() {}

  /** The end of a trial that will not do, as far as it is known. */
  static Optional<Outcome> pruned(Optional<Pruner> pruner, History history, int number) {
    Trial trial = history.trial(number);
    Optional<Verdict> verdict = pruner.map(each -> each.decide(history, trial));
    return verdict.isPresent() && verdict.get() instanceof Verdict.Stop stop
        ? Optional.of(new Outcome.Pruned(Score.measurement(trial, history.spec()), stop.reason()))
        : Optional.empty();
  }

  /** The trial's scores, unless a metric that decides is not among them. */
  static Outcome completed(Trial trial, StudySpec spec) {
    Measurement measured = Score.measurement(trial, spec);
    Set<String> missing = new LinkedHashSet<>();
    spec.goals().forEach(goal -> missing.add(goal.metric()));
    spec.constraints().forEach(constraint -> missing.add(constraint.metric()));
    missing.removeIf(measured::has);
    return missing.isEmpty()
        ? new Outcome.Completed(measured)
        : Outcome.of(
            FailureCode.USER_ERROR,
            "Trial must measure %s on every fold, but measured %s"
                .formatted(missing, measured.values().keySet()));
  }
}
