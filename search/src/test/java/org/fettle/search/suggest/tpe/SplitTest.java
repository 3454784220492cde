package org.fettle.search.suggest.tpe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
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

class SplitTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(DoubleParameter.of("x", 0, 1, Scale.LINEAR));

  private static History study(List<Goal> goals, List<Constraint> constraints) {
    return History.empty(new StudySpec(SPACE, goals, constraints, 1, OptionalInt.empty(), 1));
  }

  private static History ended(History history, Outcome outcome) {
    return running(history).ended(history.size(), outcome);
  }

  private static History running(History history) {
    return history.started(Assignment.of("x", history.size() / 100.0), "test");
  }

  private static Outcome completed(double loss, double memory) {
    return new Outcome.Completed(Measurement.of("loss", loss).and("memory", memory));
  }

  private static Split split(History history, int most) {
    TrialTable table = new TrialTable(history.spec());
    table.follow(history);
    int[] rows = IntStream.range(0, table.size()).toArray();
    return Split.best(Split.standings(table, 0.1), rows, most);
  }

  @Test
  void ordersKindsOfTrials() {
    Constraint memory = Constraint.atMost("memory", 10);
    History history = study(List.of(Goal.minimize("loss")), List.of(memory));
    history = ended(history, Outcome.of(FailureCode.OUT_OF_MEMORY, "heap"));
    history = ended(history, completed(0, 30));
    history = ended(history, completed(0, 20));
    history = ended(history, new Outcome.Pruned(Measurement.of("loss", 1), "slow"));
    history = ended(history, completed(9, 10));
    history = running(history);
    history = ended(history, completed(8, 1));
    history = ended(history, Outcome.of(FailureCode.EXECUTOR_LOST, "gone"));
    history = ended(history, Outcome.of(FailureCode.USER_ERROR, "boom"));
    assertThat(split(history, 10).below()).containsExactly(6, 4, 3, 2, 1);
    assertThat(split(history, 10).above()).containsExactly(0, 5, 8);
    assertThat(split(history, 3).below()).containsExactly(6, 4, 3);
    assertThat(split(history, 3).above()).containsExactly(0, 1, 2, 5, 8);
  }

  @Test
  void laterPrunedTrialsCountMore() {
    History history = study(List.of(Goal.maximize("score")), List.of());
    int[] steps = {2, 5, 5, 1};
    double[] scores = {0.9, 0.1, 0.3, 1.0};
    for (int i = 0; i < steps.length; i++) {
      Measurement score = Measurement.of("score", scores[i]);
      history = running(history).reported(i, new Report(0, steps[i], score));
      history = history.ended(i, new Outcome.Pruned(new Measurement(Map.of()), "behind"));
    }
    assertThat(split(history, 4).below()).containsExactly(2, 1, 0, 3);
  }

  @Test
  void severalGoalsCountByFrontThenByCrowding() {
    History history = study(List.of(Goal.minimize("loss"), Goal.minimize("memory")), List.of());
    double[][] losses = {{5, 5}, {1, 9}, {2, 7}, {3, 6.5}, {9, 1}, {6, 6}};
    for (double[] each : losses) {
      history = ended(history, completed(each[0], each[1]));
    }
    assertThat(split(history, 6).below()).containsExactly(1, 4, 0, 3, 2, 5);
  }

  @Test
  void equalTrialsKeepTheirOrder() {
    History history = study(List.of(Goal.minimize("loss")), List.of());
    for (int i = 0; i < 5; i++) {
      history = ended(history, completed(1, 0));
    }
    assertThat(split(history, 3).below()).containsExactly(0, 1, 2);
  }
}
