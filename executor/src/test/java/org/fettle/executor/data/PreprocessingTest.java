package org.fettle.executor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.network.Shape;
import org.junit.jupiter.api.Test;

class PreprocessingTest {

  private static final double NAN = Double.NaN;
  private static final Offset<Float> CLOSE = within(1e-6f);

  private static int[] rows(int count) {
    return IntStream.range(0, count).toArray();
  }

  private static Table table(Column... columns) {
    return Table.regression(List.of(columns), new float[columns[0].rows()]);
  }

  private static Examples fitted(Table table, int[] rows) {
    return Preprocessing.fit(table, rows).examples(table, rows);
  }

  /** Values of scikit-learn 1.9.1: SimpleImputer, StandardScaler, OneHotEncoder. */
  @Test
  void agreesWithScikitLearn() {
    Table table =
        table(
            new Column.Numeric("a", new double[] {1, 2.5, NAN, 4, 7.5, 100, NAN}),
            new Column.Numeric("b", new double[] {-3.5, NAN, 10, 0.25, -2, NAN, 3}),
            new Column.Categorical(
                "c",
                new String[] {"blue", "green", "red", "violet"},
                new int[] {2, 0, 2, 1, 0, 3, 2}));
    Preprocessing preprocessing = Preprocessing.fit(table, rows(5));
    FloatMatrix features = preprocessing.examples(table, rows(7)).features();
    float[][] expected = {
      {-1.2752820f, -0.9963402f, 0, 0, 1},
      {-0.5796736f, 0, 1, 0, 0},
      {0, 1.8731196f, 0, 0, 1},
      {0.1159347f, -0.1992680f, 0, 1, 0},
      {1.7390209f, -0.6775113f, 1, 0, 0},
      {44.6348687f, 0, 0, 0, 0},
      {0, 0.3852515f, 0, 0, 1},
    };
    assertThat(features.columns()).isEqualTo(5);
    for (int row = 0; row < 7; row++) {
      for (int column = 0; column < 5; column++) {
        assertThat(features.at(row, column))
            .as("row %d, column %d", row, column)
            .isCloseTo(expected[row][column], within(4e-6f));
      }
    }
    assertThat(preprocessing.scaling().featureMeans()).containsExactly(3.75f, 1.1875f, 0, 0, 0);
    assertThat(preprocessing.scaling().featureDeviations())
        .containsExactly(new float[] {2.1563859f, 4.7047184f, 1, 1, 1}, CLOSE);
    assertThat(preprocessing.encoders())
        .extracting(Encoder::describe)
        .containsExactly(
            Map.of("name", "a", "kind", "numeric", "missing", 3.75),
            Map.of("name", "b", "kind", "numeric", "missing", 1.1875),
            Map.of("name", "c", "kind", "one-hot", "categories", List.of("blue", "green", "red")));
  }

  @Test
  void describesColumnsInOneOrder() {
    Encoder encoder = Encoder.fit(new Column.Numeric("a", new double[] {1}), rows(1));
    assertThat(encoder.describe().keySet()).containsExactly("name", "kind", "missing");
  }

  @Test
  void scalesASmallSpreadOfLargeValues() {
    double[] times = {1.6e9, 1.6e9 + 1, 1.6e9 + 2, 1.6e9 + 5};
    Examples seconds = fitted(table(new Column.Numeric("time", times)), rows(4));
    assertThat(seconds.features().values())
        .containsExactly(new float[] {-1.0690450f, -0.5345225f, 0, 1.6035675f}, CLOSE);
    // A deviation of a thousandth of a second in milliseconds since 1970.
    double[] close = {1.6e12, 1.6e12 + 1, 1.6e12, 1.6e12 + 1};
    Examples milliseconds = fitted(table(new Column.Numeric("time", close)), rows(4));
    assertThat(milliseconds.features().values()).containsExactly(new float[] {-1, 1, -1, 1}, CLOSE);
  }

  @Test
  void staysExactOverManyRows() {
    double[] times = IntStream.range(0, 200_000).mapToDouble(i -> 1.6e12 + i % 2).toArray();
    Examples examples = fitted(table(new Column.Numeric("time", times)), rows(200_000));
    assertThat(examples.features().at(0, 0)).isCloseTo(-1f, CLOSE);
    assertThat(examples.features().at(199_999, 0)).isCloseTo(1f, CLOSE);
  }

  @Test
  void aConstantColumnBecomesZero() {
    for (double value : new double[] {0, 0.1, -1e-30, 1e30, 1.6e9 + 0.1}) {
      double[] values = new double[7];
      Arrays.fill(values, value);
      values[3] = NAN;
      Table table = table(new Column.Numeric("a", values));
      Preprocessing preprocessing = Preprocessing.fit(table, rows(7));
      assertThat(preprocessing.scaling().featureDeviations()).as("%s", value).containsExactly(1);
      assertThat(preprocessing.examples(table, rows(7)).features().values())
          .as("%s", value)
          .containsExactly(new float[7], within(0f));
    }
  }

  @Test
  void valuesThatDifferByRoundingAreConstant() {
    double[] values = {0.3, 0.1 + 0.2, 0.3, 0.1 + 0.2};
    Preprocessing preprocessing =
        Preprocessing.fit(table(new Column.Numeric("a", values)), rows(4));
    assertThat(preprocessing.scaling().featureDeviations()).containsExactly(1);
  }

  @Test
  void aColumnOfMissingValuesBecomesZeroOrNothing() {
    Table table =
        table(
            new Column.Numeric("a", new double[] {NAN, NAN, 5}),
            new Column.Categorical("c", new String[] {"x"}, new int[] {-1, -1, 0}));
    Preprocessing preprocessing = Preprocessing.fit(table, rows(2));
    assertThat(preprocessing.width()).isEqualTo(1);
    assertThat(preprocessing.examples(table, rows(3)).features().values()).containsExactly(0, 0, 5);
  }

  @Test
  void scalesTheTargetOfARegressionAndBack() {
    float[] targets = {10, 20, 40, 50, 80, 1000};
    Table table = Table.regression(List.of(new Column.Numeric("a", new double[6])), targets);
    Preprocessing preprocessing = Preprocessing.fit(table, rows(5));
    float[] scaled = preprocessing.examples(table, rows(6)).targets();
    assertThat(Arrays.copyOf(scaled, 5))
        .containsExactly(new float[] {-1.2247449f, -0.8164966f, 0, 0.4082483f, 1.6329932f}, CLOSE);
    assertThat(preprocessing.unscaled(new FloatMatrix(6, 1, scaled)).values())
        .containsExactly(targets, within(1e-3f));
    assertThat(preprocessing.scaling().target().orElseThrow().mean()).isEqualTo(40);
    assertThat(preprocessing.scaling().target().orElseThrow().deviation())
        .isCloseTo(24.494897f, CLOSE);
  }

  @Test
  void leavesClassesAndProbabilitiesAsTheyAre() {
    Table table =
        Table.classification(
            List.of(new Column.Numeric("a", new double[] {1, 2, 3})),
            List.of("x", "y", "z"),
            new float[] {0, 2, 1});
    Preprocessing preprocessing = Preprocessing.fit(table, rows(3));
    FloatMatrix probabilities = FloatMatrix.of(new float[] {0.2f, 0.3f, 0.5f});
    assertThat(preprocessing.unscaled(probabilities)).isSameAs(probabilities);
    assertThat(preprocessing.examples(table, rows(3)).targets()).containsExactly(0, 2, 1);
    assertThat(preprocessing.scaling().target()).isEmpty();
  }

  @Test
  void saysWhichColumnMakesTheDataTooWide() {
    int categories = 50_000;
    String[] names =
        IntStream.range(0, categories).mapToObj(Integer::toString).toArray(String[]::new);
    Table table =
        table(
            new Column.Numeric("a", new double[categories]),
            new Column.Categorical("id", names, rows(categories)));
    assertThatThrownBy(() -> fitted(table, rows(categories)))
        .hasMessage(
            "Features must be at most 2147483639 in all, but were 50000 rows of 50001, "
                + "50000 of them of the column id");
  }

  private static Table images() {
    return table(
            new Column.Numeric("a", new double[] {1, 3}),
            new Column.Numeric("b", new double[] {5, 7}),
            new Column.Numeric("c", new double[] {100, 300}),
            new Column.Numeric("d", new double[] {300, 500}))
        .shaped(new Shape.Image(2, 1, 2));
  }

  @Test
  void scalesPixelsByTheMomentsOfTheirChannel() {
    Preprocessing preprocessing = Preprocessing.fit(images(), rows(2));
    assertThat(preprocessing.shape()).isEqualTo(new Shape.Image(2, 1, 2));
    assertThat(preprocessing.scaling().featureMeans()).containsExactly(4, 4, 300, 300);
    float small = (float) Math.sqrt(5);
    float large = (float) Math.sqrt(20_000);
    assertThat(preprocessing.scaling().featureDeviations())
        .containsExactly(new float[] {small, small, large, large}, CLOSE);
    assertThat(fitted(images(), rows(2)).features().values())
        .containsExactly(
            new float[] {
              -3 / small, 1 / small, -200 / large, 0, -1 / small, 3 / small, 0, 200 / large
            },
            CLOSE);
  }

  /** Three steps of two features: rows of three, one and two steps, with a gap in the last. */
  private static Table sequences() {
    return table(
            new Column.Numeric("a1", new double[] {1, 5, 3, NAN}),
            new Column.Numeric("b1", new double[] {10, 20, NAN, NAN}),
            new Column.Numeric("a2", new double[] {2, NAN, 4, NAN}),
            new Column.Numeric("b2", new double[] {30, NAN, 40, NAN}),
            new Column.Numeric("a3", new double[] {3, NAN, NAN, NAN}),
            new Column.Numeric("b3", new double[] {50, NAN, NAN, NAN}))
        .shaped(new Shape.Sequence(3, 2));
  }

  @Test
  void scalesFeaturesOverTheStepsThatThereAreAndImputesNoOthers() {
    Preprocessing preprocessing = Preprocessing.fit(sequences(), rows(3));
    // Of feature a: 1, 2, 3, 5, 3, 4. Of feature b: 10, 30, 50, 20, the mean 15 of its first step
    // in place of what is missing, and 40.
    assertThat(preprocessing.scaling().featureMeans())
        .containsExactly(new float[] {3, 27.5f, 3, 27.5f, 3, 27.5f}, CLOSE);
    FloatMatrix features = preprocessing.examples(sequences(), rows(4)).features();
    float deviation = preprocessing.scaling().featureDeviations()[1];
    assertThat(features.at(2, 1)).isCloseTo((15 - 27.5f) / deviation, CLOSE);
    Shape.Sequence shape = new Shape.Sequence(3, 2);
    int[] lengths = new int[4];
    for (int row = 0; row < 4; row++) {
      lengths[row] = shape.length(features.values(), row * 6);
    }
    assertThat(lengths).containsExactly(3, 1, 2, 1);
    assertThat(features.at(3, 0)).isCloseTo(0, CLOSE);
  }

  @Test
  void learnsNothingOfAColumnThatNoTrainingRowReaches() {
    Preprocessing preprocessing = Preprocessing.fit(sequences(), new int[] {1});
    assertThat(preprocessing.scaling().featureMeans())
        .containsExactly(new float[] {5, 20, 5, 20, 5, 20}, CLOSE);
    assertThat(preprocessing.examples(sequences(), new int[] {0}).features().values())
        .containsExactly(new float[] {-4, -10, -3, 10, -2, 30}, CLOSE);
  }

  @Test
  void refusesAShapeThatTheColumnsDoNotFill() {
    Table table = table(new Column.Numeric("a", new double[] {1}));
    assertThatThrownBy(() -> table.shaped(new Shape.Image(1, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Shape must have 1 numbers, as there are columns of features, but was an image [1, 2,"
                + " 2] of 4");
  }
}
