package org.fettle.search.suggest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.fettle.search.TestSeed;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.numeric.Significance;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every suggester keeps. The test of a suggester is a top-level subclass with a constructor
 * without parameters (a second JVM makes one) and says by the hooks what its suggester is not made
 * for.
 */
@ExtendWith(TestSeed.class)
public abstract class SuggesterContract {

  private static final String SPACES = "org.fettle.search.suggest.TestSpaces#all";
  private static final Goal LOSS = Goal.minimize("loss");

  /** A new suggester. It should leave its start-up phase well before {@link #length()} trials. */
  protected abstract Suggester suggester();

  /** Whether the suggester can search a space. */
  protected boolean supports(SearchSpace space) {
    return true;
  }

  /** Whether the suggester takes studies of several goals, with constraints. */
  protected boolean supportsSeveralGoals() {
    return true;
  }

  /** Whether another seed gives other suggestions. */
  protected boolean dependsOnSeed() {
    return true;
  }

  /** Whether an assignment comes again only after all others of a finite space. */
  protected boolean neverRepeats() {
    return true;
  }

  /** Whether the suggester gives nothing once all of a finite space has been tried. */
  protected boolean endsWhenExhausted() {
    return false;
  }

  /** Whether the suggester has something new to suggest whatever runs and whatever ended. */
  protected boolean suggestsAtWill() {
    return true;
  }

  /** Whether the suggester finds better values of {@link MixedBowl} than random search. */
  protected boolean beatsRandom() {
    return true;
  }

  /** Trials of each study here but those that race against random search. */
  protected int length() {
    return 25;
  }

  /** Trials of a study that races against random search. */
  protected int raceLength() {
    return 50;
  }

  @ParameterizedTest
  @MethodSource(SPACES)
  void suggestsOnlyInsideTheSpace(SearchSpace space) {
    for (Trial trial : run(suggester(), spec(space, 0)).trials()) {
      space.check(trial.assignment());
      assertThat(trial.origin()).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource(SPACES)
  void suggestsInsideTheSpaceWithoutAnyHistory(SearchSpace space) {
    assumeTrue(supports(space));
    List<Suggestion> suggestions = suggester().suggest(History.empty(spec(space, 0)), 3);
    assertThat(suggestions).isNotEmpty().hasSizeLessThanOrEqualTo(3);
    suggestions.forEach(suggestion -> space.check(suggestion.assignment()));
  }

  @Test
  void keepsStepsExact() {
    Set<Object> steps = Set.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5);
    Set<Object> widths = Set.of(8L, 16L, 24L, 32L, 40L, 48L, 56L);
    for (Trial trial : run(suggester(), spec(TestSpaces.flat(), 0)).trials()) {
      assertThat(trial.assignment().values().get("dropout")).isIn(steps);
      assertThat(trial.assignment().values().get("width")).isIn(widths);
    }
  }

  @Test
  void givesAsManyAsAskedAndAllDifferent() {
    assumeTrue(suggestsAtWill());
    SearchSpace space = TestSpaces.continuous(2);
    assumeTrue(supports(space));
    Suggester suggester = suggester();
    StudySpec spec = spec(space, 0);
    for (int trials : new int[] {0, length()}) {
      History history =
          Simulation.run(suggester, History.empty(spec), trials, 1, trial -> random(spec, trial));
      for (int count : new int[] {1, 2, 8}) {
        List<Suggestion> suggestions = suggester.suggest(history, count);
        assertThat(suggestions).hasSize(count);
        assertThat(suggestions).extracting(Suggestion::assignment).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void givesNothingWhenAskedForNothing() {
    SearchSpace space = TestSpaces.continuous(2);
    assumeTrue(supports(space));
    assertThat(suggester().suggest(History.empty(spec(space, 0)), 0)).isEmpty();
  }

  @Test
  void doesNotRepeatWhatIsRunning() {
    assumeTrue(suggestsAtWill());
    SearchSpace space = TestSpaces.continuous(2);
    assumeTrue(supports(space));
    StudySpec spec = spec(space, 0);
    History history =
        Simulation.run(
            suggester(), History.empty(spec), length() + 8, 8, trial -> random(spec, trial));
    assertThat(history.running()).hasSize(8);
    assertThat(history.trials()).extracting(Trial::assignment).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource(SPACES)
  void goesOnWhenEveryTrialRuns(SearchSpace space) {
    assumeTrue(supports(space));
    History history =
        Simulation.run(
            suggester(),
            History.empty(spec(space, 0)),
            length(),
            length(),
            trial -> {
              throw new AssertionError("Trial " + trial.number() + " must keep running");
            });
    history.trials().forEach(trial -> space.check(trial.assignment()));
  }

  @Test
  void triesAllOfAFiniteSpaceBeforeRepeating() {
    assumeTrue(neverRepeats());
    for (int parallelism : new int[] {1, 4}) {
      for (SearchSpace space : List.of(TestSpaces.tiny(), TestSpaces.tinyConditional())) {
        assumeTrue(supports(space));
        int size = space.equals(TestSpaces.tiny()) ? 12 : 7;
        StudySpec spec = spec(space, 0);
        History history =
            Simulation.run(
                suggester(), History.empty(spec), size, parallelism, trial -> random(spec, trial));
        assertThat(history.trials())
            .extracting(Trial::assignment)
            .hasSize(size)
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void endsOrGoesOnWhenASpaceIsExhausted() {
    assumeTrue(suggestsAtWill());
    SearchSpace space = TestSpaces.tiny();
    assumeTrue(supports(space));
    History history = run(suggester(), spec(space, 0));
    assertThat(history.size()).isEqualTo(endsWhenExhausted() ? 12 : length());
    List<Suggestion> more = suggester().suggest(history, 3);
    assertThat(more).hasSize(endsWhenExhausted() ? 0 : 3);
    more.forEach(suggestion -> space.check(suggestion.assignment()));
  }

  @ParameterizedTest
  @MethodSource(SPACES)
  void equalSeedsGiveEqualTrials(SearchSpace space) {
    assertThat(assignments(run(suggester(), spec(space, 3))))
        .isEqualTo(assignments(run(suggester(), spec(space, 3))));
  }

  @ParameterizedTest
  @MethodSource(SPACES)
  void equalSeedsGiveEqualTrialsForAConstantObjective(SearchSpace space) {
    StudySpec spec = spec(space, 4);
    History one = run(suggester(), spec, trial -> Simulation.completed(spec, 1));
    History other = run(suggester(), spec, trial -> Simulation.completed(spec, 1));
    assertThat(assignments(one)).isEqualTo(assignments(other));
    one.trials().forEach(trial -> space.check(trial.assignment()));
  }

  @Test
  void anotherSeedGivesOtherTrials() {
    SearchSpace space = TestSpaces.continuous(2);
    List<Assignment> one = assignments(run(suggester(), spec(space, 5)));
    List<Assignment> other = assignments(run(suggester(), spec(space, 6)));
    if (dependsOnSeed()) {
      assertThat(one).doesNotContainAnyElementsOf(other);
    } else {
      assertThat(one).isEqualTo(other);
    }
  }

  @Test
  void aSecondJvmGivesTheSameTrials() throws Exception {
    assertThat(SecondJvm.trials(getClass())).isEqualTo(trialsInEverySpace());
  }

  /** A line for each trial of a study in each space, for another JVM to compare with. */
  final List<String> trialsInEverySpace() {
    List<String> lines = new ArrayList<>();
    TestSpaces.all()
        .filter(space -> supports(space.getPayload()))
        .forEach(
            space -> {
              StudySpec spec = spec(space.getPayload(), 7);
              Simulation.run(suggester(), spec, length(), trial -> random(spec, trial))
                  .trials()
                  .forEach(trial -> lines.add(space.getName() + " " + trial.assignment()));
            });
    return lines;
  }

  @Test
  void knowsNothingButTheHistory() {
    SearchSpace space = TestSpaces.flat();
    assumeTrue(supports(space));
    StudySpec spec = spec(space, 8);
    Suggester old = suggester();
    History history =
        Simulation.run(old, History.empty(spec), length(), 4, trial -> random(spec, trial));
    old.suggest(History.empty(spec), 2);
    List<Suggestion> expected = old.suggest(history, 3);
    assertThat(old.suggest(history, 3)).isEqualTo(expected);
    assertThat(suggester().suggest(history, 3)).isEqualTo(expected);
    assertThat(suggester().suggest(replayed(history), 3)).isEqualTo(expected);
  }

  /** The same trials with the same ends, written down again from nothing. */
  private static History replayed(History history) {
    History copy = History.empty(history.spec());
    for (Trial trial : history.trials()) {
      Assignment assignment = new Assignment(trial.assignment().values());
      copy = new Suggestion(assignment, trial.origin(), trial.lineage()).startedIn(copy);
    }
    for (int number : history.ended()) {
      copy = copy.ended(number, history.trial(number).outcome().orElseThrow());
    }
    return copy;
  }

  @Test
  void copesWithTrialsThatEndInReverse() {
    SearchSpace space = TestSpaces.flat();
    assumeTrue(supports(space));
    StudySpec spec = spec(space, 9);
    Suggester suggester = suggester();
    History history = History.empty(spec);
    for (Suggestion suggestion : suggester.suggest(history, length())) {
      history = suggestion.startedIn(history);
    }
    for (int number = history.size() - 1; number >= 0; number--) {
      history = history.ended(number, random(spec, history.trial(number)));
      suggester.suggest(history, 1).forEach(next -> space.check(next.assignment()));
    }
  }

  @Test
  void whatLearnsNothingSuggestsTheSameWhateverTheResults() {
    Suggester suggester = suggester();
    assumeTrue(!suggester.learns());
    StudySpec spec = spec(TestSpaces.flat(), 0);
    History history = run(suggester, spec, trial -> random(spec, trial));
    History other =
        run(suggester, spec, trial -> Simulation.completed(spec, 1 - draw(spec, trial)));
    assertThat(other.trials())
        .extracting(Trial::assignment)
        .isEqualTo(history.trials().stream().map(Trial::assignment).toList());
  }

  @Test
  void twoThreadsGetTheSameSuggestions() throws Exception {
    SearchSpace space = TestSpaces.flat();
    assumeTrue(supports(space));
    StudySpec spec = spec(space, 10);
    Suggester suggester = suggester();
    History history = Simulation.run(suggester, spec, length(), trial -> random(spec, trial));
    List<Suggestion> expected = suggester().suggest(history, 2);
    Callable<List<Suggestion>> task = () -> suggester.suggest(history, 2);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      for (Future<List<Suggestion>> each : pool.invokeAll(List.of(task, task, task, task))) {
        assertThat(each.get()).isEqualTo(expected);
      }
    } finally {
      pool.shutdown();
    }
  }

  @ParameterizedTest
  @MethodSource(SPACES)
  void copesWithEveryOutcome(SearchSpace space) {
    StudySpec spec = spec(space, 11);
    for (Trial trial : run(suggester(), spec, trial -> anyOutcome(spec, trial)).trials()) {
      space.check(trial.assignment());
    }
  }

  @Test
  void copesWhenNoTrialEverCompletes() {
    SearchSpace space = TestSpaces.flat();
    StudySpec spec = spec(space, 12);
    List<Outcome> ends =
        List.of(
            Outcome.of(FailureCode.USER_ERROR, "boom"),
            Outcome.of(FailureCode.DIVERGED, "loss is NaN"),
            new Outcome.Pruned(Measurement.none(), "too slow"));
    for (Outcome end : ends) {
      for (Trial trial : run(suggester(), spec, any -> end).trials()) {
        space.check(trial.assignment());
      }
    }
  }

  @Test
  void copesWithExtremeValues() {
    SearchSpace space = TestSpaces.flat();
    StudySpec spec = spec(space, 13);
    double[] values = {0, 1e-300, -1e-300, 1e300, -1e300, Double.MAX_VALUE, -Double.MAX_VALUE};
    History history =
        run(
            suggester(),
            spec,
            trial -> Simulation.completed(spec, values[trial.number() % values.length]));
    history.trials().forEach(trial -> space.check(trial.assignment()));
  }

  @Test
  void copesWithReportsOfRunningAndPrunedTrials() {
    assumeTrue(suggestsAtWill());
    SearchSpace space = TestSpaces.flat();
    assumeTrue(supports(space));
    StudySpec spec = spec(space, 14);
    Suggester suggester = suggester();
    History history = History.empty(spec);
    for (int number = 0; number < length(); number++) {
      Suggestion next = suggester.suggest(history, 1).get(0);
      space.check(next.assignment());
      history = next.startedIn(history);
      for (int step = 1; step <= 3; step++) {
        Measurement report = Measurement.of("loss", 1.0 / step);
        history = history.reported(number, new Report(number % 2, step, report));
      }
      if (number % 3 == 1) {
        history = history.ended(number, new Outcome.Pruned(Measurement.of("loss", 0.4), "behind"));
      } else if (number % 3 == 2) {
        history = history.ended(number, random(spec, history.trial(number)));
      }
    }
  }

  @Test
  void takesSeveralGoalsAndConstraintsOrSaysThatItDoesNot() {
    SearchSpace space = TestSpaces.flat();
    StudySpec spec =
        new StudySpec(
            space,
            List.of(LOSS, Goal.maximize("accuracy")),
            List.of(Constraint.atMost("memory", 0.5)),
            seed(15),
            OptionalInt.of(length()),
            1);
    Function<Trial, Outcome> objective =
        trial -> {
          double draw = draw(spec, trial);
          return new Outcome.Completed(
              Measurement.of("loss", draw).and("accuracy", draw * draw).and("memory", 1 - draw));
        };
    if (!supportsSeveralGoals()) {
      History none = History.empty(spec);
      assertThatThrownBy(() -> suggester().suggest(none, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Goals must be one with suggester ")
          .hasMessageEndingWith(", but were [loss, accuracy]");
      return;
    }
    List<Assignment> trials = assignments(run(suggester(), spec, objective));
    trials.forEach(space::check);
    assertThat(assignments(run(suggester(), spec, objective))).isEqualTo(trials);
  }

  /** One-sided Mann–Whitney, α = 0.01, 15 studies each; on the best loss of a study. */
  @Test
  void beatsRandomSearch() {
    assumeTrue(beatsRandom() && supports(MixedBowl.SPACE));
    double[] mine = new double[15];
    double[] randoms = new double[15];
    Suggester random = Suggesters.named("random");
    for (int i = 0; i < mine.length; i++) {
      mine[i] = best(suggester(), 100 + i);
      randoms[i] = best(random, 200 + i);
    }
    assertThat(Significance.mannWhitney(mine, randoms)).as("p").isLessThan(0.01);
  }

  private double best(Suggester suggester, int seed) {
    StudySpec spec = spec(MixedBowl.SPACE, seed);
    History history =
        Simulation.run(
            suggester,
            spec,
            raceLength(),
            trial -> Simulation.completed(spec, MixedBowl.loss(trial.assignment())));
    return history.incumbent().flatMap(Trial::completed).orElseThrow().value("loss");
  }

  private History run(Suggester suggester, StudySpec spec) {
    return run(suggester, spec, trial -> random(spec, trial));
  }

  private History run(Suggester suggester, StudySpec spec, Function<Trial, Outcome> objective) {
    assumeTrue(supports(spec.space()));
    return Simulation.run(suggester, spec, length(), objective);
  }

  private static Outcome random(StudySpec spec, Trial trial) {
    return Simulation.completed(spec, draw(spec, trial));
  }

  private static double draw(StudySpec spec, Trial trial) {
    return Seeds.generator(spec.seed(), trial.number(), "objective").nextDouble();
  }

  private static Outcome anyOutcome(StudySpec spec, Trial trial) {
    double draw = draw(spec, trial);
    return switch (trial.number() % 5) {
      case 0 -> Outcome.of(FailureCode.USER_ERROR, "boom");
      case 1 -> Outcome.of(FailureCode.DIVERGED, "loss is NaN");
      case 2 -> new Outcome.Pruned(Measurement.of("loss", draw), "behind the median");
      case 3 -> new Outcome.Pruned(Measurement.none(), "behind from the start");
      default -> Simulation.completed(spec, draw);
    };
  }

  private StudySpec spec(SearchSpace space, int purpose) {
    int trials = purpose >= 100 ? raceLength() : length();
    return new StudySpec(space, List.of(LOSS), List.of(), seed(purpose), OptionalInt.of(trials), 1);
  }

  private static long seed(int purpose) {
    return Seeds.derive(TestSeed.value(), purpose, "contract");
  }

  private static List<Assignment> assignments(History history) {
    return history.trials().stream().map(Trial::assignment).toList();
  }
}
