package org.fettle.search.suggest.quasirandom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SequenceTest {

  @Test
  void hasPointsInAnyNumberOfDimensions() {
    for (Sequence sequence : Sequence.values()) {
      assertThat(DoubleStream.of(sequence.point(2000, 3, 1)))
          .hasSize(2000)
          .allMatch(x -> 0 <= x && x < 1);
    }
  }

  @Test
  void otherSeedsGiveOtherPoints() {
    for (Sequence sequence : Sequence.values()) {
      assertThat(sequence.point(3, 0, 1)).isNotEqualTo(sequence.point(3, 0, 2));
    }
  }

  /** The mean over 16 seeds of the squared error of a product's mean, against plain chance's. */
  @Test
  void integratesFarBetterThanChance() {
    for (Sequence sequence : Sequence.values()) {
      double squares = 0;
      for (int seed = 0; seed < 16; seed++) {
        double sum = 0;
        for (int i = 0; i < 256; i++) {
          double product = 1;
          for (double x : sequence.point(4, i, seed)) {
            product *= x + 0.5;
          }
          sum += product;
        }
        squares += Math.pow(sum / 256 - 1, 2) / 16;
      }
      double chance = (Math.pow(13.0 / 12, 4) - 1) / 256;
      assertThat(squares).as("%s against %s", sequence, chance).isLessThan(chance / 20);
    }
  }
}
