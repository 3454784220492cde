package org.fettle.search.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.fettle.search.settings.Providers;
import org.fettle.search.study.Direction;
import org.fettle.search.study.History;
import org.fettle.search.study.TrialState;
import org.junit.jupiter.api.Test;

class LayeredPrunerTest extends PrunerContract {

  @Override
  protected Pruner pruner() {
    return Pruners.named("layered");
  }

  @Test
  void takesTheSettingsOfEachLevel() {
    Map<String, Object> epochs = Map.of("type", "median", "startup", 1);
    assertThat(Pruners.named("layered", Map.of("epochs", epochs, "over-folds", "racing")))
        .isInstanceOf(LayeredPruner.class);
  }

  @Test
  void everyPrunerIsFoundByName() {
    assertThat(Providers.all(PrunerProvider.class))
        .extracting(PrunerProvider::name)
        .containsExactly(
            "halving", "hyperband", "layered", "median", "percentile", "plateau", "racing");
    for (PrunerProvider provider : Providers.all(PrunerProvider.class)) {
      assertThat(Pruners.named(provider.name())).isNotNull();
    }
  }

  /** 100 trials of 5 folds of 27 steps: epochs alone, folds alone, and both. */
  @Test
  void savesMoreThanEitherLevel() {
    Crowd crowd = new Crowd(Direction.MINIMIZE, 5, 27, 0.01);
    double epochs = cost(crowd, Pruners.named("halving"));
    double folds = cost(crowd, Pruners.named("racing"));
    double both = cost(crowd, pruner());
    assertThat(both).isLessThan(epochs).isLessThan(folds).isLessThan(0.2);
  }

  private static double cost(Crowd crowd, Pruner pruner) {
    History history = crowd.run(pruner, 100, number -> (number * 37 % 100) / 100.0);
    assertThat(history.trial(0).state()).isEqualTo(TrialState.COMPLETED);
    return crowd.cost(history);
  }
}
