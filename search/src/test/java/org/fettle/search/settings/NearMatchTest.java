package org.fettle.search.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearMatchTest {

  @ParameterizedTest
  @CsvSource({"'', '', 0", "ab, ab, 0", "ab, ba, 1", "abc, ac, 1", "abc, axc, 1", "ca, abc, 3"})
  void distanceCountsEdits(String a, String b, int distance) {
    assertThat(NearMatch.distance(a, b)).isEqualTo(distance);
    assertThat(NearMatch.distance(b, a)).isEqualTo(distance);
  }

  @ParameterizedTest
  @CsvSource({
    "batch-sise, batch-size",
    "batchSize, batch-size",
    "BATCH_SIZE, batch-size",
    "acuracy, accuracy",
    "adm, adam",
    "leraning-rate, learning-rate",
  })
  void aNearWordIsFound(String word, String near) {
    List<String> known = List.of("epochs", "batch-size", "accuracy", "adam", "learning-rate");
    assertThat(NearMatch.of(word, known)).contains(near);
  }

  @Test
  void aFarWordIsNot() {
    assertThat(NearMatch.of("zzzz", List.of("adam", "sgd"))).isEmpty();
    assertThat(NearMatch.of("x", List.of("y"))).isEmpty();
    assertThat(NearMatch.of("", List.of("y"))).isEmpty();
  }

  @Test
  void theFirstOfEqualsCounts() {
    assertThat(NearMatch.of("mxe", List.of("mae", "mse"))).contains("mae");
  }

  @Test
  void hints() {
    List<String> known = List.of("sgd", "adam");
    assertThat(NearMatch.hint("adm", known)).isEqualTo("did you mean adam?");
    assertThat(NearMatch.hint("rms", known)).isEmpty();
    assertThat(NearMatch.hintAndKnown("adm", known))
        .isEqualTo("did you mean adam? (known: sgd, adam)");
    assertThat(NearMatch.hintAndKnown("rms", known)).isEqualTo("known: sgd, adam");
  }
}
