package org.fettle.search.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.fettle.search.TestSeed;
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
import org.fettle.search.study.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSeed.class)
final class PeersTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(DoubleParameter.of("x", 0, 1, Scale.LINEAR));

  private final Random random = new Random(TestSeed.value());

  /** Trials start, report in any order, end in every way; at times the history is an older one. */
  @Test
  void followsAnyHistoryAsIfItHadSeenNoneBefore() {
    Peers peers = new Peers(number -> number % 3 != 1);
    List<History> histories = new ArrayList<>();
    histories.add(History.empty(StudySpec.of(SPACE, Goal.maximize("score"), 1)));
    for (int i = 0; i < 2_000; i++) {
      int back = random.nextInt(20) == 0 ? random.nextInt(Math.min(histories.size(), 30)) : 0;
      History history = next(histories.get(histories.size() - 1 - back));
      histories.add(history);
      if (history.size() > 0) {
        Trial trial = history.trial(random.nextInt(history.size()));
        int fold = random.nextInt(2);
        int step = 1 + random.nextInt(12);
        assertThat(peers.losses(history, trial, fold, step))
            .as("fold %d, step %d of %s", fold, step, history)
            .isEqualTo(searched(history, trial, fold, step));
      }
    }
  }

  private History next(History history) {
    List<Trial> running = history.running();
    if (running.isEmpty() || (running.size() < 8 && random.nextInt(4) == 0)) {
      return history.started(SPACE.assign(each -> random.nextDouble()), "test");
    }
    int number = running.get(random.nextInt(running.size())).number();
    Measurement measured = Measurement.of("score", random.nextInt(30));
    return switch (random.nextInt(12)) {
      case 0 -> history.ended(number, new Outcome.Completed(measured));
      case 1 -> history.ended(number, new Outcome.Pruned(measured, "behind"));
      case 2 -> history.ended(number, Outcome.of(FailureCode.OUT_OF_MEMORY, "too large"));
      case 3 -> history.ended(number, Outcome.of(FailureCode.USER_ERROR, "broken"));
      case 4 -> history.reported(number, new Report(0, 1 + random.nextInt(12), Measurement.none()));
      default ->
          history.reported(number, new Report(random.nextInt(2), 1 + random.nextInt(12), measured));
    };
  }

  /** By the definition, from all reports. */
  private static double[] searched(History history, Trial running, int fold, int step) {
    return history.trials().stream()
        .filter(trial -> trial.number() % 3 != 1 && trial.number() != running.number())
        .filter(Curves::comparable)
        .map(trial -> loss(trial, fold, step))
        .flatMap(Optional::stream)
        .mapToDouble(loss -> loss)
        .sorted()
        .toArray();
  }

  private static Optional<Double> loss(Trial trial, int fold, int step) {
    List<Report> told =
        trial.reports().stream()
            .filter(each -> each.fold() == fold && each.measurement().has("score"))
            .toList();
    return told.stream().noneMatch(each -> each.step() >= step)
        ? Optional.empty()
        : told.stream()
            .filter(each -> each.step() <= step)
            .reduce((one, other) -> one.step() > other.step() ? one : other)
            .map(each -> -each.measurement().value("score"));
  }
}
