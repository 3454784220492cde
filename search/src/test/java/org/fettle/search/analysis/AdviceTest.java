package org.fettle.search.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;
import org.fettle.search.suggest.Simulation;
import org.fettle.search.suggest.Suggesters;
import org.junit.jupiter.api.Test;

/** {@link Advice}, {@link Sensitivity} and {@link PruningEvidence} on studies that are known. */
class AdviceTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(
          DoubleParameter.of("x", 0, 1, Scale.LINEAR),
          DoubleParameter.of("y", 0, 1, Scale.LINEAR),
          CategoricalParameter.of("kind", "a", "b"));

  private static History study(int trials, ToDoubleFunction<Assignment> loss) {
    StudySpec spec = StudySpec.of(SPACE, Goal.minimize("loss"), 5);
    return Simulation.run(
        Suggesters.named("quasirandom"),
        spec,
        trials,
        trial -> Simulation.completed(spec, loss.applyAsDouble(trial.assignment())));
  }

  @Test
  void asksForAWiderRangeWhereTheBestIsAtItsEnd() {
    History history = study(100, values -> values.number("x"));

    assertThat(Advice.of(history))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("Widen x downwards: the best trial has 0.0")
                    .endsWith("at the lower end of float from 0.0 to 1.0"))
        .anySatisfy(
            line -> assertThat(line).startsWith("Hold still what did not matter: ").contains("y"));
  }

  @Test
  void doesNotAskWhereTheBestIsInside() {
    History history = study(100, values -> Math.pow(values.number("x") - 0.5, 2));

    assertThat(Advice.of(history)).noneMatch(line -> line.startsWith("Widen"));
  }

  @Test
  void looksAtFailuresFirst() {
    StudySpec spec = StudySpec.of(SPACE, Goal.minimize("loss"), 5);
    History history =
        Simulation.run(
            Suggesters.named("random"),
            spec,
            20,
            trial ->
                trial.number() % 2 == 0
                    ? Outcome.of(FailureCode.OUT_OF_MEMORY, "no heap")
                    : Simulation.completed(spec, 1));

    assertThat(Advice.of(history).get(0))
        .isEqualTo(
            "Look at the failures first: 10 of 20 trials broke, 10 of them with OUT_OF_MEMORY");
    assertThat(Advice.of(History.empty(spec))).isEmpty();
  }

  @Test
  void findsWhatTheBestTrialDependsOn() {
    History history =
        study(
            300,
            values ->
                Math.abs(values.number("x") - 0.3) + (values.text("kind").equals("a") ? 0 : 0.4));

    List<Sensitivity> all = Sensitivity.of(history);

    assertThat(all).extracting(Sensitivity::parameter).containsExactly("x", "kind", "y");
    assertThat(all.get(0).loss()).isBetween(0.4, 0.8);
    assertThat(all.get(0).tolerated())
        .as("around 0.3")
        .allSatisfy(value -> assertThat((double) value).isBetween(0.15, 0.45));
    assertThat(all.get(1).value()).isEqualTo("a");
    assertThat(all.get(1).tolerated()).isEmpty();
    assertThat(all.get(1).loss()).isBetween(0.2, 0.5);
    assertThat(all.get(2).loss()).isLessThan(0.2);
    assertThat(Sensitivity.of(study(5, values -> 1))).as("too few to say").isEmpty();
  }

  /** Ten trials whose order at step 1 is that at the end, and turned round at step 2. */
  @Test
  void tellsHowWellStepsForetoldTheEnd() {
    StudySpec spec = StudySpec.of(SPACE, Goal.minimize("loss"), 5);
    History history = History.empty(spec);
    for (int i = 0; i < 12; i++) {
      history = history.started(Assignment.of("x", 0.01 * i, "y", 0.5, "kind", "a"), "random");
      history = history.reported(i, new Report(0, 1, Measurement.of("loss", i)));
      if (i < 10) {
        history = history.reported(i, new Report(0, 2, Measurement.of("loss", -i)));
        history = history.ended(i, new Outcome.Completed(Measurement.of("loss", i)));
      } else {
        // The best trial had 0 at step 1.
        double loss = i == 10 ? -1 : 5;
        history = history.reported(i, new Report(1, 1, Measurement.of("loss", 2 * loss - i)));
        history = history.ended(i, new Outcome.Pruned(Measurement.none(), "behind"));
      }
    }

    PruningEvidence evidence = PruningEvidence.of(history);

    assertThat(evidence.pruned()).isEqualTo(2);
    assertThat(evidence.stops()).containsOnlyKeys(1).containsEntry(1, 2);
    assertThat(evidence.ahead()).containsExactly(10);
    assertThat(evidence.agreements())
        .extracting(PruningEvidence.Agreement::step, each -> Math.round(each.spearman()))
        .containsExactly(tuple(1, 1L), tuple(2, -1L));
    assertThat(evidence.summary())
        .isEqualTo("2 trials pruned, 1 of them no worse than the best was at that step");
  }
}
