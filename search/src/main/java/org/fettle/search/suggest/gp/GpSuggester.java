package org.fettle.search.suggest.gp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.History;
import org.fettle.search.study.Trial;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggestion;
import org.fettle.search.suggest.random.RandomSuggester;
import org.jspecify.annotations.Nullable;

/**
 * Bayesian optimisation: a Gaussian process is fitted to the trials so far, and the next trial is
 * the one from which it expects the largest improvement, on a log scale. Takes mixed and
 * conditional spaces, several goals, constraints, trials that cannot be evaluated, and running
 * trials, of which it imagines the outcome.
 *
 * <p><b>Nothing but the history.</b> A Gaussian process wants state: fitted hyperparameters to
 * start the next fit from, and a Cholesky factor to extend. Both are functions of the history here.
 * Hyperparameters are refitted at fixed numbers of ended trials, from the trials up to there alone,
 * warm-started from the fit at the last power of two (see {@code Fit}). Between milestones the
 * factor grows by one row a trial, in the order of {@link History#ended()}; a row comes from the
 * rows above it by the same operations whether it is added to a kept factor or in building a new
 * one. So what the suggester remembers from call to call saves time and cannot be seen: without it
 * the suggestion is the same to the last bit. It is checked trial by trial against the history, and
 * a thread takes it for itself or works without.
 *
 * <p><b>The same in any JVM.</b> Only the four operations, the square root and {@link StrictMath}
 * are used, and sums have a fixed order.
 *
 * <p>J. Snoek, H. Larochelle, R. Adams, <i>Practical Bayesian Optimization of Machine Learning
 * Algorithms</i>, NIPS 2012. The parts are cited where they are.
 */
public final class GpSuggester implements Suggester {

  static final String NAME = "gp";

  private static final int ATTEMPTS = 1_000;

  private final GpSettings settings;
  private final AtomicReference<@Nullable Memory> memory = new AtomicReference<>();

  GpSuggester(GpSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<Suggestion> suggest(History history, int count) {
    Memory taken = memory.getAndSet(null);
    if (taken == null || !taken.follow(history)) {
      taken = new Memory(history.spec());
      taken.follow(history);
    }
    List<Suggestion> suggestions = new ArrayList<>(count);
    Set<Assignment> seen = new HashSet<>();
    history.trials().forEach(trial -> seen.add(trial.assignment()));
    List<double[]> pending = new ArrayList<>();
    for (Trial trial : history.running()) {
      pending.add(taken.encoding().features(taken.encoding().point(trial.assignment())));
    }
    for (int i = 0; i < count; i++) {
      Optional<Assignment> next = next(history, history.size() + i, taken, pending, seen);
      if (next.isEmpty()) {
        break;
      }
      suggestions.add(new Suggestion(next.get(), NAME));
      seen.add(next.get());
      pending.add(taken.encoding().features(taken.encoding().point(next.get())));
    }
    memory.set(taken);
    return suggestions;
  }

  private Optional<Assignment> next(
      History history, int number, Memory memory, List<double[]> pending, Set<Assignment> seen) {
    Encoding encoding = memory.encoding();
    long seed = history.spec().seed();
    if (number < settings.startup()) {
      double[] place =
          new InitialDesign(settings.startup(), seed).place(number, encoding.dimensions());
      Assignment assignment = encoding.assignment(place);
      if (encoding.allowed(assignment) && !seen.contains(assignment)) {
        return Optional.of(assignment);
      }
    }
    if (number >= settings.startup() && 2 * memory.ended().size() >= settings.startup()) {
      RandomGenerator random = Seeds.generator(seed, number, "suggest/gp");
      Optional<Acquisitions.Aim> aim =
          new Acquisitions(history.spec(), memory, settings, pending, random).aim();
      if (aim.isPresent()) {
        AcquisitionSearch search = new AcquisitionSearch(encoding, aim.get(), random);
        for (Candidate candidate : search.best(settings.candidates(), settings.starts())) {
          if (!seen.contains(candidate.assignment())) {
            return Optional.of(candidate.assignment());
          }
        }
      }
    }
    return unseen(history.spec().space(), seen, Seeds.generator(seed, number, "suggest/gp/random"));
  }

  /** Draws until something new comes, or gives up and repeats: the space may be exhausted. */
  private static Optional<Assignment> unseen(
      SearchSpace space, Set<Assignment> seen, RandomGenerator random) {
    Optional<Assignment> drawn = RandomSuggester.draw(space, random);
    for (int i = 0; i < ATTEMPTS && drawn.isPresent() && seen.contains(drawn.get()); i++) {
      drawn = RandomSuggester.draw(space, random);
    }
    return drawn;
  }
}
