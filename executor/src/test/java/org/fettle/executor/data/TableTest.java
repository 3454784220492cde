package org.fettle.executor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.fettle.executor.Samples;
import org.junit.jupiter.api.Test;

class TableTest {

  private static final List<String> LABELS = List.of("no", "yes");
  private static final float[] CLASSES = {0, 1, 1};

  private static Column x() {
    return new Column.Numeric("x", new double[] {1, 2, Double.NaN});
  }

  private static Column colour() {
    return new Column.Categorical("colour", new String[] {"red", ""}, new int[] {0, 1, -1});
  }

  private static String digest(Column... columns) {
    return Table.classification(List.of(columns), LABELS, CLASSES).digest();
  }

  @Test
  void equalDataHasEqualDigests() {
    assertThat(digest(x(), colour())).isEqualTo(digest(x(), colour())).hasSize(64);
  }

  @Test
  void anythingElseChangesTheDigest() {
    String digest = digest(x(), colour());
    assertThat(
            List.of(
                digest(colour(), x()),
                digest(x()),
                digest(new Column.Numeric("z", new double[] {1, 2, Double.NaN}), colour()),
                digest(new Column.Numeric("x", new double[] {2, 1, Double.NaN}), colour()),
                digest(new Column.Numeric("x", new double[] {1, 2, 0}), colour()),
                digest(
                    x(),
                    new Column.Categorical(
                        "colour", new String[] {"red", "blue"}, new int[] {0, 1, -1})),
                // A missing value and an empty text are two things.
                digest(
                    x(),
                    new Column.Categorical(
                        "colour", new String[] {"red", ""}, new int[] {0, 1, 1})),
                Table.classification(List.of(x(), colour()), LABELS, new float[] {0, 1, 0})
                    .digest(),
                Table.classification(List.of(x(), colour()), List.of("yes", "no"), CLASSES)
                    .digest(),
                Table.classification(List.of(x(), colour()), List.of("no", "yes", "new"), CLASSES)
                    .digest(),
                Table.regression(List.of(x(), colour()), CLASSES).digest()))
        .doesNotHaveDuplicates()
        .doesNotContain(digest);
  }

  @Test
  void digestsAreTheSameInEveryRelease() {
    assertThat(digest(x(), colour()))
        .isEqualTo("d5d19e8b30131b1766f8a7e7c6e0324416f1de5223633329a80a588f6fcce074");
  }

  @Test
  void refusesColumnsOfAnotherLength() {
    assertThatThrownBy(() -> Table.regression(List.of(x()), new float[2]))
        .hasMessage("Column x must have 2 rows, as the target, but had 3");
  }

  @Test
  void refusesTargetsThatAreNoClasses() {
    assertThatThrownBy(() -> Table.classification(List.of(), LABELS, new float[] {0, 2}))
        .hasMessage("Class of row 1 must be a whole number from 0 to 1, but was 2.0");
    assertThatThrownBy(() -> Table.classification(List.of(), LABELS, new float[] {Float.NaN}))
        .hasMessage("Class of row 0 must be a whole number from 0 to 1, but was NaN");
    assertThatThrownBy(() -> Table.classification(List.of(), List.of(), new float[] {0}))
        .hasMessage("Classes must be at least 2, but were 0");
  }

  @Test
  void refusesMissingValuesOfARegression() {
    assertThatThrownBy(() -> Table.regression(List.of(), new float[] {1, Float.NaN}))
        .hasMessage("Target of row 1 must be finite, but was NaN");
  }

  @Test
  void refusesValuesThatNoNetworkCouldTake() {
    assertThatThrownBy(() -> new Column.Numeric("x", new double[] {0, 1e39}))
        .hasMessage("Value of column x in row 1 must be within ±3.4028235E38, but was 1.0E39");
    assertThatThrownBy(() -> new Column.Categorical("c", new String[] {"a"}, new int[] {0, 1}))
        .hasMessage("Code of column c in row 1 must be from -1 to 0, but was 1");
  }

  @Test
  void refusesFoldsOfOtherData() {
    Table table = Table.classification(List.of(x()), LABELS, CLASSES);
    assertThatThrownBy(() -> new StudyData(table, Samples.shuffled(4, 2, 1)))
        .hasMessage("Folds must be of the table's 3 rows, but were of 4");
  }
}
