package org.fettle.search.suggest.warmstart;

import java.util.List;
import java.util.stream.Stream;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;
import org.fettle.search.suggest.MixedBowl;
import org.fettle.search.suggest.Simulation;
import org.fettle.search.suggest.Suggesters;
import org.fettle.search.suggest.TestSpaces;
import org.junit.jupiter.api.Named;

/**
 * Studies of random trials with random losses in each space of the contract but the continuous one,
 * where other seeds have to give other trials: the best of an earlier study comes first with any.
 */
final class EarlierStudies {

  private static final int TRIALS = 15;

  private EarlierStudies() {}

  static List<History> inEverySpace() {
    return Stream.concat(TestSpaces.all().map(Named::getPayload), Stream.of(MixedBowl.SPACE))
        .map(EarlierStudies::in)
        .toList();
  }

  private static History in(SearchSpace space) {
    StudySpec spec = StudySpec.of(space, Goal.minimize("loss"), 99);
    return Simulation.run(
        Suggesters.named("random"),
        spec,
        TRIALS,
        trial ->
            Simulation.completed(
                spec, Seeds.generator(99, trial.number(), "earlier").nextDouble()));
  }
}
