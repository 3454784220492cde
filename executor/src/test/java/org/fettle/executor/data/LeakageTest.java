package org.fettle.executor.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fettle.executor.Samples;
import org.fettle.optimizers.data.Scaling;
import org.junit.jupiter.api.Test;

/** Nothing of a validation row may reach what a network is trained on. */
class LeakageTest {

  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final int ROWS = 30;
  private static final String[] COLOURS = {"blue", "green", "red"};

  @Test
  void validationRowsChangeNothingOfTheTrainingRows() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 200; i++) {
      Folds folds = Samples.shuffled(ROWS, 3, i);
      double[] numbers = random.doubles(ROWS, -5, 5).toArray();
      numbers[folds.training(0)[0]] = Double.NaN;
      int[] colours = random.ints(ROWS, -1, COLOURS.length).toArray();
      float[] targets = new float[ROWS];
      for (int row = 0; row < ROWS; row++) {
        targets[row] = (float) random.nextDouble(100);
      }
      PreparedFold before = PreparedFold.of(data(folds, numbers, COLOURS, colours, targets), 0);

      // Categories that sort before, between and behind those that training rows have.
      String[] more = {"amber", "blue", "cyan", "green", "red", "violet"};
      int[] place = {1, 3, 4};
      int[] recoded = Arrays.stream(colours).map(code -> code < 0 ? -1 : place[code]).toArray();
      for (int row : folds.validation(0)) {
        numbers[row] = arbitrary(random);
        recoded[row] = random.nextInt(-1, more.length);
        targets[row] = (float) arbitrary(random);
        if (Float.isNaN(targets[row])) {
          targets[row] = Float.MAX_VALUE;
        }
      }
      PreparedFold after = PreparedFold.of(data(folds, numbers, more, recoded, targets), 0);

      String description = "case %d of -Dtests.seed=%d".formatted(i, SEED);
      assertThat(after.training().features().values())
          .as(description)
          .isEqualTo(before.training().features().values());
      assertThat(after.training().targets()).as(description).isEqualTo(before.training().targets());
      assertThat(after.preprocessing().encoders())
          .as(description)
          .extracting(Encoder::describe)
          .isEqualTo(before.preprocessing().encoders().stream().map(Encoder::describe).toList());
      Scaling scaling = after.preprocessing().scaling();
      Scaling expected = before.preprocessing().scaling();
      assertThat(scaling.featureMeans()).as(description).isEqualTo(expected.featureMeans());
      assertThat(scaling.featureDeviations())
          .as(description)
          .isEqualTo(expected.featureDeviations());
      assertThat(scaling.target()).as(description).isEqualTo(expected.target());
    }
  }

  private static double arbitrary(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> Double.NaN;
      case 1 -> 1e30;
      case 2 -> -Float.MAX_VALUE;
      default -> random.nextDouble();
    };
  }

  private static StudyData data(
      Folds folds, double[] numbers, String[] categories, int[] codes, float[] targets) {
    return new StudyData(
        Table.regression(
            List.of(
                new Column.Numeric("number", numbers.clone()),
                new Column.Categorical("colour", categories, codes.clone())),
            targets.clone()),
        folds);
  }

  @Test
  void rawTargetsAreThoseOfTheValidationRows() {
    Folds folds = Samples.shuffled(ROWS, 3, 1);
    float[] targets = new float[ROWS];
    for (int row = 0; row < ROWS; row++) {
      targets[row] = row;
    }
    StudyData data =
        new StudyData(
            Table.regression(List.of(new Column.Numeric("x", new double[ROWS])), targets), folds);
    for (int fold = 0; fold < 3; fold++) {
      double[] expected = Arrays.stream(folds.validation(fold)).asDoubleStream().toArray();
      float[] raw = PreparedFold.of(data, fold).rawTargets();
      assertThat(raw).hasSize(10);
      for (int i = 0; i < raw.length; i++) {
        assertThat((double) raw[i]).isEqualTo(expected[i]);
      }
    }
  }
}
