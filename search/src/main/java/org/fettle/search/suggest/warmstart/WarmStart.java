package org.fettle.search.suggest.warmstart;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * Lets another suggester learn from earlier studies. First comes the best trial of each earlier
 * study; then the other suggester is shown a history in which earlier trials stand before the
 * study's own.
 *
 * <p><b>Spaces</b> need not be the same. Parameters go by their names; one that the earlier trial
 * lacks has its default, or else a random value; one that is gone is passed over. A trial is left
 * out if a value or the combination is not in the new space, if it shares no parameter, or if a
 * metric of the new study's goals and constraints was not measured. Only completed trials are
 * taken: time and memory limits are those of the earlier study.
 *
 * <p><b>Scores</b> are taken by their quantiles in the earlier study, so that its scale does not
 * matter, and a regression on the new study's trials puts them on its scale.
 *
 * <p><b>Where the earlier study misleads</b> it is let go: a forest fitted to it predicts the order
 * of the new study's scores, and it has to do so better than by chance (Kendall's τ), anew at each
 * call, from the fifth completed trial on. To have something to compare with, every third of the
 * first dozen suggestions is made without the earlier trials.
 *
 * <p><b>Its influence fades.</b> Each trial that ends takes the place of the earlier ones nearest
 * to it, and after 30 at most there are none left.
 *
 * <p>For suggesters that learn from scores; others gain the first trials alone. Equal arguments
 * give equal suggestions.
 *
 * <p>Weighing earlier studies by the order they predict: M. Feurer, B. Letham, E. Bakshy,
 * <i>Scalable Meta-Learning for Bayesian Optimization</i>, 2018. Quantiles: D. Salinas, H. Shen, V.
 * Perrone, <i>A Quantile-based Approach for Hyperparameter Transfer Learning</i>, ICML 2020, arXiv
 * 1909.13595.
 */
public final class WarmStart implements Suggester {

  static final String NAME = "warm-start";

  /** Earlier trials of all studies together: more are slow to model and say little more. */
  static final int MOST = 100;

  /** Measured over 20, 30 and 40: a related study helps as long, a misleading one costs least. */
  static final int FADE = 30;

  private static final int HEDGED = 12;
  private static final int HEDGE = 3;

  private final Suggester next;
  private final List<History> earlier;

  /** The earlier studies in terms of the study last seen; a function of its spec alone. */
  private final AtomicReference<@Nullable Prepared> last = new AtomicReference<>();

  private record Prepared(StudySpec spec, List<EarlierStudy> studies) {}

  /** A suggester in front of another. */
  public WarmStart(Suggester next, List<History> earlier) {
    this.next = requireNonNull(next, "next is null");
    this.earlier = List.copyOf(earlier);
  }

  /** How many trials of an earlier study a new one can learn from. */
  public static int usable(History earlier, StudySpec spec) {
    return Carried.of(earlier, spec).size();
  }

  /** What each earlier study says at this point. */
  List<Influence> influences(History own) {
    return studies(own.spec()).stream().map(study -> study.influence(own)).toList();
  }

  private List<EarlierStudy> studies(StudySpec spec) {
    Prepared known = last.get();
    if (known == null || !known.spec().equals(spec)) {
      int most = Math.max(1, MOST / Math.max(1, earlier.size()));
      known =
          new Prepared(
              spec, earlier.stream().map(each -> new EarlierStudy(each, spec, most)).toList());
      last.set(known);
    }
    return known.studies();
  }

  @Override
  public List<Suggestion> suggest(History history, int count) {
    if (spent(history)) {
      return next.suggest(history, count);
    }
    List<Suggestion> suggestions = new ArrayList<>(count);
    History own = history;
    for (Assignment best : untried(history)) {
      if (suggestions.size() < count) {
        suggestions.add(new Suggestion(best, NAME));
        own = own.started(best, NAME);
      }
    }
    int hedged = 0;
    for (int i = suggestions.size(); i < count; i++) {
      int number = history.size() + i;
      hedged += number < HEDGED && number % HEDGE == HEDGE - 1 ? 1 : 0;
    }
    for (Suggestion plain : hedged == 0 ? List.<Suggestion>of() : next.suggest(own, hedged)) {
      suggestions.add(plain);
      own = plain.startedIn(own);
    }
    suggestions.addAll(informed(own, count - suggestions.size()));
    return suggestions;
  }

  /** Whether so many trials have ended that nothing of the earlier studies is left. */
  private static boolean spent(History own) {
    return own.ended().stream()
            .filter(number -> own.trial(number).state() != TrialState.FAILED)
            .limit(FADE)
            .count()
        == FADE;
  }

  private List<Assignment> untried(History own) {
    return studies(own.spec()).stream()
        .flatMap(study -> study.carried().stream().limit(1))
        .map(Carried::assignment)
        .distinct()
        .filter(best -> own.find(best).isEmpty())
        .toList();
  }

  /** Suggestions with the earlier trials; without them where nothing new comes of that. */
  private List<Suggestion> informed(History own, int count) {
    List<Carried> kept =
        influences(own).stream().flatMap(influence -> influence.kept().stream()).toList();
    if (count == 0 || kept.isEmpty()) {
      return next.suggest(own, count);
    }
    List<Suggestion> suggestions = next.suggest(behind(kept, own), count);
    Set<Assignment> tried = new HashSet<>();
    own.trials().forEach(trial -> tried.add(trial.assignment()));
    boolean fresh =
        suggestions.size() == count
            && suggestions.stream().allMatch(each -> tried.add(each.assignment()));
    return fresh ? suggestions : next.suggest(own, count);
  }

  /** The study's own trials behind earlier ones, as a history of another seed. */
  private static History behind(List<Carried> kept, History own) {
    StudySpec spec = own.spec();
    // The number of earlier trials shrinks, so that numbers recur; their draws must not.
    long seed = Seeds.derive(spec.seed(), own.size(), "suggest/warm-start");
    History longer =
        History.empty(
            new StudySpec(
                spec.space(),
                spec.goals(),
                spec.constraints(),
                seed,
                spec.trials(),
                spec.parallelism()));
    for (Carried each : kept) {
      Outcome outcome = new Outcome.Completed(each.measurement());
      longer = longer.started(each.assignment(), NAME).ended(longer.size(), outcome);
    }
    for (Trial trial : own.trials()) {
      int number = longer.size();
      longer = longer.started(trial.assignment(), trial.origin());
      for (Report report : trial.reports()) {
        longer = longer.reported(number, report);
      }
      for (int fold : trial.folds().keySet()) {
        Measurement measurement = requireNonNull(trial.folds().get(fold));
        longer = longer.foldEnded(number, fold, measurement);
      }
    }
    for (int number : own.ended()) {
      longer = longer.ended(kept.size() + number, own.trial(number).outcome().orElseThrow());
    }
    return longer;
  }
}
