package org.fettle.search.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.fettle.search.TestSeed;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.prune.Pruners;
import org.fettle.search.simulation.LearningCurves;
import org.fettle.search.simulation.Simulator;
import org.fettle.search.stop.TrialsRule;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;
import org.fettle.search.suggest.MixedBowl;
import org.fettle.search.suggest.Suggesters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSeed.class)
class PruningAuditTest {

  private static final int BEST = 10;

  private static LearningCurves curves(int study) {
    long seed = Seeds.derive(TestSeed.value(), study, "audit curves");
    return LearningCurves.synthetic(1, 27, MixedBowl::loss, 0.01, seed);
  }

  /** 200 trials under successive halving, which stops good ones that learn slowly. */
  private static History pruned(int study) {
    StudySpec spec =
        new StudySpec(
            MixedBowl.SPACE,
            List.of(Goal.minimize("loss")),
            List.of(),
            Seeds.derive(TestSeed.value(), study, "audit"),
            OptionalInt.empty(),
            8);
    return new Simulator(Suggesters.named("random"), new TrialsRule(200), curves(study))
        .pruning(Pruners.named("halving", Map.of()))
        .run(spec)
        .history();
  }

  private static Map<Integer, Outcome> rerun(History history, List<Integer> numbers, int study) {
    Map<Integer, Outcome> outcomes = new TreeMap<>();
    for (int number : numbers) {
      double score = curves(study).score(history.trial(number).assignment());
      outcomes.put(number, new Outcome.Completed(Measurement.of("loss", score)));
    }
    return outcomes;
  }

  private static List<Integer> all(History history) {
    return history.trials().stream()
        .filter(trial -> trial.state() == TrialState.PRUNED)
        .map(Trial::number)
        .toList();
  }

  @Test
  void runningAllAgainGivesTheTruth() {
    History history = pruned(0);
    double[] completed =
        history.completed().stream()
            .mapToDouble(trial -> trial.completed().orElseThrow().value("loss"))
            .sorted()
            .toArray();
    long truth =
        all(history).stream()
            .filter(n -> curves(0).score(history.trial(n).assignment()) < completed[2])
            .count();
    PruningAudit audit = PruningAudit.of(history, rerun(history, all(history), 0), 3);
    assertThat(audit)
        .isEqualTo(
            new PruningAudit(
                all(history).size(), all(history).size(), (int) truth, (int) truth, (int) truth));
    assertThat(PruningAudit.sample(history, 1_000, 1)).isEqualTo(all(history));
  }

  /** 40 studies; with coverage 0.95 fewer than 32 hits have a probability below 10⁻³. */
  @Test
  void theTruthIsInTheInterval() {
    int hits = 0;
    double estimates = 0;
    double truths = 0;
    for (int study = 0; study < 40; study++) {
      History history = pruned(study);
      List<Integer> sample = PruningAudit.sample(history, 40, study);
      assertThat(sample).hasSize(40).doesNotHaveDuplicates();
      PruningAudit audit = PruningAudit.of(history, rerun(history, sample, study), BEST);
      int truth = PruningAudit.of(history, rerun(history, all(history), study), BEST).good();
      hits += audit.low() <= truth && truth <= audit.high() ? 1 : 0;
      estimates += audit.estimate();
      truths += truth;
    }
    assertThat(hits).isGreaterThanOrEqualTo(32);
    assertThat(truths).as("good trials that were stopped").isGreaterThan(40);
    assertThat(estimates / truths).isBetween(0.6, 1.6);
  }

  @Test
  void theSampleHasEarlyAndLateStopsInTheirShares() {
    History history = pruned(1);
    List<Integer> sample = PruningAudit.sample(history, 30, 7);
    for (int step : new int[] {1, 3, 9}) {
      double expected = 30.0 * stoppedAt(history, all(history), step) / all(history).size();
      assertThat((double) stoppedAt(history, sample, step))
          .isBetween(Math.floor(expected), Math.ceil(expected) + 1e-9);
    }
    assertThat(PruningAudit.sample(history, 30, 7)).isEqualTo(sample);
    assertThat(PruningAudit.sample(history, 30, 8)).isNotEqualTo(sample);
  }

  private static long stoppedAt(History history, List<Integer> numbers, int step) {
    return numbers.stream().filter(n -> history.trial(n).reports().size() == step).count();
  }

  @Test
  void whatDoesNotCompleteIsNotGood() {
    History history = pruned(2);
    List<Integer> sample = PruningAudit.sample(history, 20, 1);
    Map<Integer, Outcome> outcomes = rerun(history, sample, 2);
    sample.forEach(n -> outcomes.put(n, Outcome.of(FailureCode.DIVERGED, "loss is NaN")));
    outcomes.put(sample.get(0), new Outcome.Completed(Measurement.of("loss", -1)));
    PruningAudit audit = PruningAudit.of(history, outcomes, 1);
    assertThat(audit.good()).isEqualTo(1);
    assertThat(audit.share()).isEqualTo(1 / 20.0);
    assertThat(audit.summary())
        .startsWith("1 of 20 reruns were good: about ")
        .endsWith(" of %d pruned trials (1 to %d, 95 %%)".formatted(audit.pruned(), audit.high()));
  }

  @Test
  void refusesWhatIsNoSample() {
    History history = pruned(3);
    int completed = history.completed().get(0).number();
    assertThatThrownBy(() -> PruningAudit.of(history, Map.of(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Audit must have best ≥ 1 and a rerun, but had best 1 and 0 reruns");
    assertThatThrownBy(() -> PruningAudit.of(history, rerun(history, List.of(completed), 3), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Rerun must be of a pruned trial, but trial " + completed + " was COMPLETED");
    assertThatThrownBy(() -> PruningAudit.sample(history, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Sample must be at least 1, but was 0");
  }
}
