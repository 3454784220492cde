package org.fettle.search.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.junit.jupiter.api.Test;

class HistoryBuilderTest {

  private static final StudySpec SPEC =
      new StudySpec(
          new SearchSpace(List.of(DoubleParameter.of("x", 0, 1, Scale.LINEAR)), List.of()),
          List.of(Goal.minimize("loss")),
          List.of(),
          1,
          OptionalInt.of(10),
          1);

  private static Measurement loss(SplittableRandom random) {
    return Measurement.of("loss", random.nextInt(5));
  }

  @Test
  void comesToTheSameAsTheHistorysOwnChanges() {
    long seed = Long.getLong("tests.seed", 1);
    SplittableRandom random = new SplittableRandom(seed);
    HistoryBuilder builder = new HistoryBuilder(SPEC);
    History history = History.empty(SPEC);
    for (int i = 0; i < 5000; i++) {
      List<Trial> running = history.running();
      if (running.isEmpty() || random.nextInt(6) == 0) {
        Assignment assignment = Assignment.of("x", random.nextDouble());
        history = history.started(assignment, "random");
        builder.started(assignment, "random", Optional.empty());
        continue;
      }
      int number = running.get(random.nextInt(running.size())).number();
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> {
          Report report = new Report(random.nextInt(3), 1 + random.nextInt(9), loss(random));
          history = history.reported(number, report);
          builder.reported(number, report);
        }
        case 3, 4 -> {
          Measurement measured = loss(random);
          int fold = random.nextInt(3);
          history = history.foldEnded(number, fold, measured);
          builder.foldEnded(number, fold, measured);
        }
        default -> {
          Outcome outcome =
              random.nextBoolean()
                  ? new Outcome.Completed(loss(random))
                  : new Outcome.Failed(FailureCode.DIVERGED, "NaN");
          history = history.ended(number, outcome);
          builder.ended(number, outcome);
        }
      }
    }
    assertThat(builder.build()).as("seed %d", seed).isEqualTo(history);
    assertThat(builder.build().incumbent()).isEqualTo(history.incumbent());
    assertThat(builder.build().running()).isEqualTo(history.running());
    assertThat(builder.size()).isEqualTo(history.size());
  }

  @Test
  void refusesWhatTheHistoryRefuses() {
    HistoryBuilder builder = new HistoryBuilder(SPEC);
    assertThatThrownBy(() -> builder.reported(0, new Report(0, 1, Measurement.none())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Trial 0 must be one of the 0 trials of the study");
    builder.started(Assignment.of("x", 0.5), "random", Optional.empty());
    assertThatThrownBy(() -> builder.ended(0, new Outcome.Completed(Measurement.none())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Trial 0 must be told with loss, but was with []");
    builder.ended(0, new Outcome.Failed(FailureCode.DIVERGED, "NaN"));
    assertThatThrownBy(() -> builder.foldEnded(0, 0, Measurement.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Trial 0 must be running, but was FAILED");
  }
}
