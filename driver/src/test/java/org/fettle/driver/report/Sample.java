package org.fettle.driver.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StudyStatus;
import org.fettle.driver.study.Replay;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;

/** A study with a trial of every outcome. */
final class Sample {

  static final SearchSpace SPACE =
      new SearchSpace(
          List.of(
              DoubleParameter.of("model.rate", 1e-6, 1, Scale.LINEAR),
              IntegerParameter.of("training.epochs", 1, 100, Scale.LINEAR),
              CategoricalParameter.of("model.kind", "flat", "deep, \"dark\"\r\n"),
              CategoricalParameter.of("training.size", 32, "auto"),
              CategoricalParameter.of("training.shuffle", true, false)),
          List.of());

  private Sample() {}

  static StudySpec spec(Constraint... constraints) {
    return spec(Goal.maximize("accuracy"), constraints);
  }

  static StudySpec spec(Goal goal, Constraint... constraints) {
    return new StudySpec(SPACE, List.of(goal), List.of(constraints), 1, OptionalInt.of(6), 2);
  }

  static Replay replay(Constraint... constraints) {
    return Replay.of(spec(constraints), events());
  }

  static Instant at(int second) {
    return Instant.parse("2026-11-22T10:00:00Z").plusSeconds(second);
  }

  static Assignment assignment(int trial) {
    return Assignment.of(
        "model.rate",
        0.1 / (trial + 3),
        "training.epochs",
        trial + 1,
        "model.kind",
        trial % 2 == 0 ? "flat" : "deep, \"dark\"\r\n",
        "training.size",
        trial % 2 == 0 ? 32 : "auto",
        "training.shuffle",
        trial % 2 == 0);
  }

  static List<JournalEvent> events() {
    List<JournalEvent> events = new ArrayList<>();
    for (int trial = 0; trial < 6; trial++) {
      events.add(new JournalEvent.TrialStarted(at(trial), trial, assignment(trial), "random"));
    }
    events.add(fold(0, 0, 0.875));
    events.add(fold(0, 1, 0.625));
    events.add(ended(0, new Outcome.Completed(scores(0.75))));
    events.add(fold(1, 0, 0.95));
    events.add(ended(1, new Outcome.Completed(scores(0.95))));
    events.add(ended(2, new Outcome.Failed(FailureCode.USER_ERROR, "no such\nlayer, \"x\"")));
    events.add(ended(3, new Outcome.Infeasible(FailureCode.DIVERGED, "the loss became NaN")));
    events.add(ended(4, new Outcome.Pruned(scores(0.1), "below the median")));
    return events;
  }

  static Measurement scores(double accuracy) {
    return Measurement.of("accuracy", accuracy).and("log-loss", 1 - accuracy);
  }

  private static JournalEvent fold(int trial, int fold, double accuracy) {
    return new JournalEvent.FoldEnded(at(20), trial, fold, scores(accuracy), List.of(), 1.5);
  }

  private static JournalEvent ended(int trial, Outcome outcome) {
    return new JournalEvent.TrialEnded(at(30 + trial), trial, outcome);
  }

  static JournalEvent done() {
    return new JournalEvent.StudyEnded(at(60), StudyStatus.DONE, Optional.empty());
  }
}
