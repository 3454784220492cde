package org.fettle.search.suggest.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Condition;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;
import org.fettle.search.suggest.TestSpaces;
import org.junit.jupiter.api.Test;

final class KernelTest {

  @Test
  void decaysAsTheExponential() {
    for (double s = 0; s < 690; s += 0.173) {
      assertThat(Matern.decay(s)).isCloseTo(StrictMath.exp(-s), withPercentage(1e-13));
    }
    assertThat(Matern.decay(1e9)).isZero();
  }

  @Test
  void followsTheMaternFormula() {
    double[] values = new double[2];
    double[] slopes = new double[2];
    Matern.fill(new double[] {0, 0.25}, 2, values, slopes);
    double s = Math.sqrt(5) / 2;
    assertThat(values[0]).isEqualTo(1);
    assertThat(values[1]).isCloseTo((1 + s + s * s / 3) * Math.exp(-s), offset(1e-15));
    assertThat(slopes[1]).isCloseTo(5.0 / 3 * (1 + s) * Math.exp(-s), offset(1e-15));
  }

  @Test
  void seesNoDistanceInParametersThatBothLack() {
    SearchSpace space =
        SearchSpace.of(
            CategoricalParameter.of("updater", "adam", "sgd"),
            DoubleParameter.of("momentum", 0, 1, Scale.LINEAR)
                .when(Condition.oneOf("updater", "sgd")));
    Encoding encoding = new Encoding(space);
    double[] scales = {2, 0.5};
    Distances distances = new Distances(encoding, new Hyperparameters(scales, 0.1), 3);
    for (double[] place : List.of(new double[] {0.25, 0.9}, new double[] {0.75, 0.2})) {
      distances.add(encoding.features(encoding.point(encoding.assignment(place))));
    }
    double[] squares = new double[2];
    double[] adam = encoding.features(encoding.point(encoding.assignment(new double[] {0.1, 0.1})));
    distances.squares(adam, 2, squares);
    assertThat(squares[0]).isZero();
    // Another updater, (1/2)²; momentum half a range aside and 0.3 from the middle, over 0.5.
    assertThat(squares[1]).isCloseTo(0.25 + (0.25 + 0.09) / 0.25, offset(1e-12));
  }

  @Test
  void knowsEveryPlaceOfADiscreteParameter() {
    Encoding encoding =
        new Encoding(
            SearchSpace.of(
                IntegerParameter.of("units", 1, 20, Scale.LOG),
                IntegerParameter.of("many", 1, 33, Scale.LINEAR)));
    assertThat(encoding.valuePlaces(0)).hasSize(20).isSorted();
    assertThat(encoding.continuous(1)).isTrue();
  }

  @Test
  void everyKernelMatrixOverConditionsIsPositiveDefinite() {
    StudySpec spec = StudySpec.of(TestSpaces.conditional(), Goal.minimize("loss"), 1);
    Encoding encoding = new Encoding(spec.space());
    double[] scales = new double[encoding.dimensions()];
    java.util.Arrays.fill(scales, 1.5);
    Surrogate surrogate = new Surrogate(encoding, new Hyperparameters(scales, 1e-6));
    for (int i = 0; i < 80; i++) {
      surrogate.add(
          encoding.features(
              encoding.point(
                  new org.fettle.search.suggest.random.RandomSuggester()
                      .suggest(History.empty(StudySpec.of(spec.space(), spec.goal(), i)), 1)
                      .get(0)
                      .assignment())));
    }
    for (int i = 0; i < 80; i++) {
      assertThat(surrogate.factor().at(i, i)).isGreaterThan(0.999e-3);
    }
  }
}
