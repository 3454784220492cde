package org.fettle.optimizers.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.fettle.optimizers.data.Task;
import org.fettle.search.settings.Settings;
import org.junit.jupiter.api.Test;

class TrainingSpecTest {

  private static final Task CLASSES = new Task.Classification(3);
  private static final Task VALUES = new Task.Regression();

  private static TrainingSpec from(Map<String, ?> given, Task task) {
    return TrainingSpec.from(Settings.of(TrainingSpec.settings(), given), task);
  }

  @Test
  void hasADefaultForEverything() {
    assertThat(from(Map.of(), CLASSES))
        .isEqualTo(
            new TrainingSpec(
                new Updater.Adam(0.001, 0.9, 0.999, 1e-8),
                Regularisation.none(),
                new Loss.CrossEntropy(),
                32,
                20));
    assertThat(from(Map.of(), VALUES).loss()).isEqualTo(new Loss.MeanSquaredError());
    assertThat(from(Map.of("updater", "sgd"), CLASSES).updater())
        .isEqualTo(new Updater.Sgd(0.01, 0));
  }

  @Test
  void takesEverySetting() {
    Map<String, Object> adam =
        Map.of("type", "adam", "learning-rate", 0.1, "beta1", 0.2, "beta2", 0.3, "epsilon", 0.4);
    Map<String, Object> given =
        Map.of("epochs", 7L, "batch-size", 9L, "updater", adam, "l2", 0.5, "loss", "mse");
    assertThat(from(given, VALUES))
        .isEqualTo(
            new TrainingSpec(
                new Updater.Adam(0.1, 0.2, 0.3, 0.4),
                new Regularisation(0.5),
                new Loss.MeanSquaredError(),
                9,
                7));
    Map<String, Object> sgd = Map.of("type", "sgd", "learning-rate", 1L, "momentum", 0.9);
    assertThat(from(Map.of("updater", sgd), VALUES).updater()).isEqualTo(new Updater.Sgd(1, 0.9));
  }

  @Test
  void refusesALossOfAnotherTask() {
    assertThatThrownBy(() -> from(Map.of("loss", "mse"), CLASSES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Loss must suit Classification[classes=3], but was MeanSquaredError[]");
  }

  @Test
  void saysWhatIsWrongInTheUpdater() {
    Map<String, Object> sgd = Map.of("type", "sgd", "learning-rate", 0L, "beta1", 0.5);
    assertThatThrownBy(() -> from(Map.of("updater", sgd), CLASSES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "updater.learning-rate must be a number > 0.0, but was 0; "
                + "updater.beta1 is not a setting");
    assertThatThrownBy(() -> from(Map.of("updater", "adamw"), CLASSES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("updater must be one of sgd, adam, but was adamw");
  }

  @Test
  void refusesValuesThatNoTrainingHas() {
    assertThatThrownBy(() -> new Updater.Sgd(Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Learning rate must be positive, but was NaN");
    assertThatThrownBy(() -> new Updater.Adam(1, 1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Beta 1 must be at least 0 and less than 1, but was 1.0");
    assertThatThrownBy(() -> new Regularisation(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("L2 must be at least 0, but was -1.0");
  }

  @Test
  void refusesTargetsThatALossCannotTake() {
    assertThatThrownBy(() -> new Loss.CrossEntropy().check(3, new float[] {0, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Target of row 1 must be a class from 0 to 2, but was 3.0");
    assertThatThrownBy(() -> new Loss.CrossEntropy().check(3, new float[] {0.5f}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Target of row 0 must be a class from 0 to 2, but was 0.5");
    assertThatThrownBy(() -> new Loss.CrossEntropy().check(1, new float[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Outputs must be at least 2 for cross-entropy, but were 1");
    assertThatThrownBy(() -> new Loss.MeanSquaredError().check(2, new float[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Outputs must be 1 for mse, but were 2");
    assertThatThrownBy(() -> new Loss.MeanSquaredError().check(1, new float[] {Float.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Target of row 0 must be finite, but was NaN");
  }
}
