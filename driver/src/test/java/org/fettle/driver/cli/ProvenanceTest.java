package org.fettle.driver.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalDouble;
import org.fettle.driver.store.StoreException;
import org.fettle.executor.data.Folds;
import org.fettle.executor.data.Keys;
import org.fettle.executor.data.Splitter;
import org.junit.jupiter.api.Test;

class ProvenanceTest {

  private static Folds folds(long seed) {
    Keys keys = new Keys(new float[20], new int[0]);
    return Folds.of(new Splitter.KFold(4, false), keys, 1, OptionalDouble.empty(), seed);
  }

  @Test
  void aStudyGoesOnWithItsOwnFoldsAlone() {
    Map<String, Object> begun = Map.of("folds", Map.of("digest", folds(1).digest(), "runs", 4));
    Provenance.requireSameFolds(begun, folds(1));
    assertThatThrownBy(() -> Provenance.requireSameFolds(begun, folds(2)))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "Cannot go on: folds must have digest %s, as at the study's beginning, but had %s"
                .formatted(folds(1).digest(), folds(2).digest()));
  }
}
