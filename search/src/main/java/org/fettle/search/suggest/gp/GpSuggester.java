package org.fettle.search.suggest.gp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.fettle.search.numeric.NormalDistribution;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggestion;

/** Bayesian optimisation with a Gaussian process. */
public final class GpSuggester implements Suggester {

  static final String NAME = "gp";

  private final GpSettings settings;
  private final AtomicReference<org.fettle.search.suggest.gp.@org.jspecify.annotations.Nullable Memory> memory = new AtomicReference<>();

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
    Goal goal = history.spec().goal();
    long known = memory.ended().stream().filter(t -> t.state() == TrialState.COMPLETED).count();
    if (number < settings.startup() || known < Math.max(2, settings.startup() / 2)) {
      return org.fettle.search.suggest.random.RandomSuggester.draw(
          history.spec().space(), Seeds.generator(seed, number, "suggest/gp/random"));
    }
    Output output =
        new Output(
            "goal/" + goal.metric(),
            trial -> trial.state() == TrialState.COMPLETED,
            trial -> goal.direction().loss(trial.completed().orElseThrow().value(goal.metric())),
            settings.warp());
    Output.Modelled modelled = output.model(memory, settings);
    Surrogate surrogate = modelled.surrogate();
    pending.forEach(surrogate::addPending);
    double best =
        IntStream.range(0, modelled.outputs().length)
            .mapToDouble(surrogate::smoothed)
            .min()
            .orElseThrow();
    RandomGenerator random = Seeds.generator(seed, number, "suggest/gp");
    double[][] draws = draws(pending.size(), random);
    Acquisition acquisition = new Improvement(surrogate, best, draws);
    AcquisitionSearch search =
        new AcquisitionSearch(
            encoding, acquisition, surrogate.hyperparameters().lengthScales(), random);
    List<double[]> good =
        IntStream.range(0, modelled.outputs().length)
            .boxed()
            .sorted(Comparator.comparingDouble(surrogate::smoothed))
            .limit(5)
            .map(i -> encoding.point(modelled.trials().get(i).assignment()))
            .toList();
    for (Candidate candidate : search.best(good, settings.candidates(), settings.starts())) {
      if (!seen.contains(candidate.assignment())) {
        return Optional.of(candidate.assignment());
      }
    }
    return org.fettle.search.suggest.random.RandomSuggester.draw(
        history.spec().space(), Seeds.generator(seed, number, "suggest/gp/random"));
  }

  private double[][] draws(int pending, RandomGenerator random) {
    double[][] draws = new double[pending == 0 ? 1 : settings.draws()][pending];
    for (double[] draw : draws) {
      for (int p = 0; p < pending; p++) {
        draw[p] = NormalDistribution.quantile(random.nextDouble(0x1p-53, 1));
      }
    }
    return draws;
  }
}
