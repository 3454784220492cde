package org.fettle.driver.study;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.fettle.driver.job.Component;
import org.fettle.driver.job.FailureSpec;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.PopulationSpec;
import org.fettle.search.prune.Pruner;
import org.fettle.search.prune.Pruners;
import org.fettle.search.stop.StopRule;
import org.fettle.search.stop.StopRules;
import org.fettle.search.study.History;
import org.fettle.search.suggest.StartPoints;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggesters;
import org.fettle.search.suggest.warmstart.WarmStart;

/**
 * What decides which trials there are.
 *
 * @param pruner empty where every trial runs to its end
 * @param stop when to start no more trials, beside the number of trials
 * @param parallel how many trials are in flight at once; empty for as many as the back end's slots
 *     hold, and where there are many slots or folds some more so that none waits at a trial's end
 * @param failures how long trials may take, and what is tried again
 */
public record Search(
    Suggester suggester,
    Optional<Pruner> pruner,
    StopRule stop,
    OptionalInt parallel,
    FailureSpec failures) {

  /** One result more that a suggestion does not know, where it knows none of so many anyway. */
  private static final int A_QUEUED_TRIAL_FOR = 16;

  public Search {
    requireNonNull(suggester, "suggester is null");
    requireNonNull(pruner, "pruner is null");
    requireNonNull(stop, "stop is null");
    requireNonNull(parallel, "parallel is null");
    requireNonNull(failures, "failures is null");
  }

  /**
   * The search that a job describes.
   *
   * @param earlier the studies of {@code search.warm-start}
   */
  public static Search of(JobSpec job, List<History> earlier) {
    Component named = job.search().suggester();
    Suggester suggester =
        Suggesters.named(
            named.name(),
            PopulationSpec.of(job).map(PopulationSpec::suggesterSettings).orElse(named.settings()));
    List<StopRule> rules =
        job.search().stop().stream()
            .map(rule -> StopRules.named(rule.name(), rule.settings()))
            .toList();
    return new Search(
        new StartPoints(earlier.isEmpty() ? suggester : new WarmStart(suggester, earlier)),
        job.pruner().map(pruner -> Pruners.named(pruner.name(), pruner.settings())),
        StopRule.anyOf(rules),
        job.search().parallel(),
        job.failures());
  }

  /**
   * How many trials to have in flight.
   *
   * @param slots how many tasks the back end takes at once
   */
  int inFlight(int slots, TrialPlan plan) {
    if (parallel.isPresent()) {
      return parallel.getAsInt();
    }
    int runs = plan.runsPerTrial();
    int whole = (slots + runs - 1) / runs;
    int inFlight = runs == 1 ? Math.max(1, slots + slots / A_QUEUED_TRIAL_FOR) : whole + 1;
    if (suggester.learns() || pruner.isPresent()) {
      return inFlight;
    }
    // Where no result is waited for, as many as make full networks in all slots, and one more.
    int most = plan.mostOfSeveralTrials();
    return most == 1 ? inFlight : Math.max(inFlight, (slots * most + runs - 1) / runs + 1);
  }

  /** The same search, asked through another suggester. */
  public Search with(UnaryOperator<Suggester> wrapping) {
    return new Search(wrapping.apply(suggester), pruner, stop, parallel, failures);
  }

  /** The same search in a study that has been at work before. */
  public Search after(Duration worked) {
    return new Search(
        suggester,
        pruner,
        (history, elapsed) -> stop.reason(history, elapsed.plus(worked)),
        parallel,
        failures);
  }
}
