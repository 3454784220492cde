package org.fettle.search.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.fettle.search.settings.Providers;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;
import org.junit.jupiter.api.Test;

class StopRulesTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(DoubleParameter.of("x", 0, 1, Scale.LINEAR));
  private static final History EMPTY =
      History.empty(
          new StudySpec(
              SPACE,
              List.of(Goal.maximize("accuracy")),
              List.of(Constraint.atMost("memory", 1)),
              1,
              OptionalInt.empty(),
              1));

  private static History with(History history, double accuracy, double memory) {
    return with(
        history, new Outcome.Completed(Measurement.of("accuracy", accuracy).and("memory", memory)));
  }

  private static History with(History history, Outcome outcome) {
    History started = history.started(Assignment.of("x", 0.5), "random");
    return started.ended(history.size(), outcome);
  }

  @Test
  void everyRuleIsFoundByName() {
    assertThat(Providers.all(StopRuleProvider.class))
        .extracting(StopRuleProvider::name)
        .containsExactly("cost", "duration", "plateau", "target", "trials");
  }

  @Test
  void noRuleEndsAStudyThatHasNotBegun() {
    List<StopRule> all =
        List.of(
            StopRules.named("cost", Map.of("metric", "hours", "limit", 1)),
            StopRules.named("duration", Map.of("minutes", 0.5)),
            StopRules.named("plateau", Map.of()),
            StopRules.named("target", Map.of("value", -1)),
            StopRules.named("trials", Map.of("trials", 1)));
    assertThat(StopRule.anyOf(all).reason(EMPTY, Duration.ZERO)).isEmpty();
    assertThat(StopRule.anyOf(all).reason(EMPTY, Duration.ofSeconds(30)))
        .contains("30 s of 30 s have passed");
  }

  @Test
  void trialsCountFromTheirStart() {
    StopRule rule = new TrialsRule(2);
    History one = EMPTY.started(Assignment.of("x", 0.5), "random");
    assertThat(rule.reason(one, Duration.ZERO)).isEmpty();
    History two = one.started(Assignment.of("x", 0.5), "random");
    assertThat(rule.reason(two, Duration.ZERO)).contains("2 of 2 trials were started");
    assertThatThrownBy(() -> new TrialsRule(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Trials must be positive, but was 0");
  }

  @Test
  void durationsAreReadable() {
    StopRule rule = new DurationRule(Duration.ofMinutes(90));
    assertThat(rule.reason(EMPTY, Duration.ofMinutes(89))).isEmpty();
    assertThat(rule.reason(EMPTY, Duration.ofSeconds(5405)))
        .contains("1 h 30 min 5 s of 1 h 30 min 0 s have passed");
  }

  @Test
  void aTargetIsReachedByAFeasibleTrialOnly() {
    StopRule rule = new TargetRule(0.9);
    History history = with(with(EMPTY, 0.89, 0), 0.99, 2);
    assertThat(rule.reason(history, Duration.ZERO)).isEmpty();
    assertThat(rule.reason(with(history, 0.9, 0), Duration.ZERO))
        .contains("accuracy 0.9 of trial 2 reaches the target 0.9");
  }

  @Test
  void aPlateauCountsTrialsWithoutEnoughImprovement() {
    StopRule rule = new PlateauRule(3, 0.05);
    History history = with(with(with(EMPTY, 0.5, 0), 0.54, 0), 0.99, 2);
    assertThat(rule.reason(history, Duration.ZERO)).isEmpty();
    History pruned = with(history, new Outcome.Pruned(new Measurement(Map.of()), "behind"));
    assertThat(rule.reason(pruned, Duration.ZERO))
        .contains("accuracy 0.5 has not improved for 3 trials");
    History failed = with(history, Outcome.of(FailureCode.EXECUTOR_LOST, "gone"));
    assertThat(rule.reason(failed, Duration.ZERO)).isEmpty();
    assertThat(rule.reason(with(pruned, 0.6, 0), Duration.ZERO)).isEmpty();
  }

  @Test
  void costAddsUpRunningAndFailedTrialsToo() {
    StopRule rule = new CostRule("hours", 4);
    History history =
        with(
            EMPTY,
            new Outcome.Completed(
                Measurement.of("accuracy", 0.5).and("memory", 0).and("hours", 1.5)));
    history = history.started(Assignment.of("x", 0.5), "random");
    history = history.reported(1, new Report(0, 1, Measurement.of("hours", 1)));
    history = history.reported(1, new Report(0, 2, Measurement.of("hours", 2)));
    assertThat(rule.reason(history, Duration.ZERO)).isEmpty();
    history = history.reported(1, new Report(0, 3, Measurement.of("hours", 2.5)));
    history = history.ended(1, Outcome.of(FailureCode.USER_ERROR, "boom"));
    assertThat(rule.reason(history, Duration.ZERO)).contains("4.0 of 4.0 hours were used");
  }
}
