package org.fettle.optimizers.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.fettle.optimizers.data.Task;
import org.fettle.search.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingSpecTest {

  private static final Task CLASSES = new Task.Classification(3);
  private static final Loss CROSS_ENTROPY = Loss.of(CLASSES);
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
                new Schedule.Fixed(),
                new Clipping.None(),
                new Regularisation(0, 0, 0, 0, 0),
                new Loss.CrossEntropy(Loss.ClassWeights.NONE, 0),
                Optional.empty(),
                new Replicas(1, OptionalInt.empty()),
                32,
                20));
    assertThat(from(Map.of(), VALUES).loss()).isEqualTo(new Loss.MeanSquaredError());
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        arguments("updater", "gradient-descent", new Updater.GradientDescent(0.1)),
        arguments("updater", "sgd", new Updater.Sgd(0.01, 0)),
        arguments("updater", "momentum", new Updater.Momentum(0.01, 0.9)),
        arguments("updater", "nesterov", new Updater.Nesterov(0.01, 0.9)),
        arguments("updater", "adam", new Updater.Adam(1e-3, 0.9, 0.999, 1e-8)),
        arguments("updater", "adamw", new Updater.AdamW(1e-3, 0.9, 0.999, 1e-8, 0.01)),
        arguments("updater", "amsgrad", new Updater.AmsGrad(1e-3, 0.9, 0.999, 1e-8)),
        arguments("updater", "nadam", new Updater.Nadam(2e-3, 0.9, 0.999, 1e-8)),
        arguments("updater", "adamax", new Updater.AdaMax(2e-3, 0.9, 0.999, 1e-8)),
        arguments("updater", "rmsprop", new Updater.RmsProp(1e-3, 0.9, 1e-8)),
        arguments("updater", "adagrad", new Updater.AdaGrad(0.01, 1e-10)),
        arguments("updater", "adadelta", new Updater.AdaDelta(1, 0.95, 1e-6)),
        arguments("schedule", "fixed", new Schedule.Fixed()),
        arguments("schedule", "exponential", new Schedule.Exponential(0.95)),
        arguments("schedule", "step", new Schedule.Step(10, 0.1)),
        arguments("schedule", "polynomial", new Schedule.Polynomial(1, 0)),
        arguments("schedule", "inverse", new Schedule.Inverse(0.1)),
        arguments("schedule", "cosine", new Schedule.Cosine(0, 1, 0)),
        arguments("schedule", "one-cycle", new Schedule.OneCycle(0.3, 0.04, 4e-6)),
        arguments(
            "schedule",
            "plateau",
            new Schedule.Plateau(Schedule.Plateau.Watched.TRAINING_LOSS, 0.1, 10, 1e-4, 0)),
        arguments("clip", "none", new Clipping.None()),
        arguments("clip", "value", new Clipping.Value(1)),
        arguments("clip", "norm", new Clipping.Norm(1)),
        arguments("loss", "cross-entropy", new Loss.CrossEntropy(Loss.ClassWeights.NONE, 0)),
        arguments("loss", "hinge", new Loss.Hinge(false)),
        arguments("loss", "mse", new Loss.MeanSquaredError()),
        arguments("loss", "mae", new Loss.MeanAbsoluteError()),
        arguments("loss", "huber", new Loss.Huber(1)),
        arguments("loss", "poisson", new Loss.Poisson()),
        arguments("early-stopping", "none", Optional.empty()),
        arguments(
            "early-stopping",
            "holdout",
            Optional.of(new EarlyStopping(0.1, Optional.empty(), 10, 0))),
        arguments(
            "early-stopping",
            "validation",
            Optional.of(new EarlyStopping(0, Optional.empty(), 10, 0))));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindHasDefaults(String setting, String kind, Object expected) {
    TrainingSpec spec = fromOfItsTask(Map.of(setting, kind));
    assertThat(
            List.of(
                spec.updater(),
                spec.schedule(),
                spec.clipping(),
                spec.loss(),
                spec.earlyStopping()))
        .contains(expected);
  }

  @Test
  void everyKindIsAmongThese() {
    List<String> tested =
        kinds().map(arguments -> arguments.get()[0] + "." + arguments.get()[1]).toList();
    List<String> known = new ArrayList<>();
    TrainingSpec.docs()
        .forEach((setting, docs) -> docs.keySet().forEach(kind -> known.add(setting + "." + kind)));
    assertThat(tested).containsExactlyInAnyOrderElementsOf(known);
  }

  static Stream<Arguments> full() {
    return Stream.of(
        arguments(
            Map.of("updater", kind("gradient-descent", "learning-rate", 2L)),
            new Updater.GradientDescent(2)),
        arguments(
            Map.of("updater", kind("sgd", "learning-rate", 1L, "momentum", 0.9)),
            new Updater.Sgd(1, 0.9)),
        arguments(
            Map.of("updater", kind("momentum", "learning-rate", 1L, "momentum", 0.8)),
            new Updater.Momentum(1, 0.8)),
        arguments(
            Map.of("updater", kind("nesterov", "learning-rate", 1L, "momentum", 0.8)),
            new Updater.Nesterov(1, 0.8)),
        arguments(Map.of("updater", adam("adam")), new Updater.Adam(0.1, 0.2, 0.3, 0.4)),
        arguments(Map.of("updater", adam("amsgrad")), new Updater.AmsGrad(0.1, 0.2, 0.3, 0.4)),
        arguments(Map.of("updater", adam("nadam")), new Updater.Nadam(0.1, 0.2, 0.3, 0.4)),
        arguments(Map.of("updater", adam("adamax")), new Updater.AdaMax(0.1, 0.2, 0.3, 0.4)),
        arguments(
            Map.of(
                "updater",
                kind(
                    "adamw",
                    "learning-rate",
                    0.1,
                    "beta1",
                    0.2,
                    "beta2",
                    0.3,
                    "epsilon",
                    0.4,
                    "weight-decay",
                    0.5)),
            new Updater.AdamW(0.1, 0.2, 0.3, 0.4, 0.5)),
        arguments(
            Map.of("updater", kind("rmsprop", "learning-rate", 0.1, "rho", 0.2, "epsilon", 0.3)),
            new Updater.RmsProp(0.1, 0.2, 0.3)),
        arguments(
            Map.of("updater", kind("adagrad", "learning-rate", 0.1, "epsilon", 0.3)),
            new Updater.AdaGrad(0.1, 0.3)),
        arguments(
            Map.of("updater", kind("adadelta", "learning-rate", 0.1, "rho", 0.2, "epsilon", 0.3)),
            new Updater.AdaDelta(0.1, 0.2, 0.3)),
        arguments(
            Map.of("schedule", kind("exponential", "factor", 0.5), "warm-up", 1.5),
            new Schedule.WarmUp(1.5, new Schedule.Exponential(0.5))),
        arguments(
            Map.of("schedule", kind("step", "every", 3L, "factor", 0.5)),
            new Schedule.Step(3, 0.5)),
        arguments(
            Map.of("schedule", kind("polynomial", "power", 2L, "end", 0.5)),
            new Schedule.Polynomial(2, 0.5)),
        arguments(Map.of("schedule", kind("inverse", "decay", 0.5)), new Schedule.Inverse(0.5)),
        arguments(
            Map.of("schedule", kind("cosine", "restarts", 2L, "stretch", 3L, "end", 0.5)),
            new Schedule.Cosine(2, 3, 0.5)),
        arguments(
            Map.of("schedule", kind("one-cycle", "rise", 0.1, "start", 0.2, "end", 0.3)),
            new Schedule.OneCycle(0.1, 0.2, 0.3)),
        arguments(
            Map.of(
                "schedule",
                kind(
                    "plateau",
                    "watch",
                    "validation",
                    "factor",
                    0.5,
                    "patience",
                    2L,
                    "min-delta",
                    0.1,
                    "end",
                    0.3)),
            new Schedule.Plateau(Schedule.Plateau.Watched.VALIDATION, 0.5, 2, 0.1, 0.3)),
        arguments(Map.of("clip", kind("value", "at", 2L)), new Clipping.Value(2)),
        arguments(Map.of("clip", kind("norm", "at", 2L)), new Clipping.Norm(2)),
        arguments(
            Map.of("l1", 0.1, "l2", 0.2, "weight-decay", 0.3, "max-norm", 0.4, "noise", 0.5),
            new Regularisation(0.1, 0.2, 0.3, 0.4, 0.5)),
        arguments(
            Map.of(
                "loss", kind("cross-entropy", "class-weights", "balanced", "label-smoothing", 0.2)),
            new Loss.CrossEntropy(Loss.ClassWeights.BALANCED, 0.2)),
        arguments(Map.of("loss", kind("hinge", "squared", true)), new Loss.Hinge(true)),
        arguments(Map.of("loss", kind("huber", "delta", 2L)), new Loss.Huber(2)),
        arguments(
            Map.of(
                "early-stopping",
                kind("holdout", "part", 0.2, "metric", "loss", "patience", 3L, "min-delta", 0.1)),
            Optional.of(new EarlyStopping(0.2, Optional.of("loss"), 3, 0.1))),
        arguments(
            Map.of(
                "early-stopping",
                kind("validation", "metric", "accuracy", "patience", 3L, "min-delta", 0.1)),
            Optional.of(new EarlyStopping(0, Optional.of("accuracy"), 3, 0.1))),
        arguments(
            Map.of("replicas", 3L, "averaging-frequency", 5L), new Replicas(3, OptionalInt.of(5))));
  }

  private static Map<String, Object> kind(String name, Object... settings) {
    Map<String, Object> kind = new LinkedHashMap<>(Map.of("type", name));
    for (int i = 0; i < settings.length; i += 2) {
      kind.put((String) settings[i], settings[i + 1]);
    }
    return kind;
  }

  private static Map<String, Object> adam(String name) {
    return kind(name, "learning-rate", 0.1, "beta1", 0.2, "beta2", 0.3, "epsilon", 0.4);
  }

  @ParameterizedTest
  @MethodSource("full")
  void takesEverySetting(Map<String, ?> given, Object expected) {
    TrainingSpec spec = fromOfItsTask(given);
    assertThat(
            List.of(
                spec.updater(),
                spec.schedule(),
                spec.clipping(),
                spec.regularisation(),
                spec.loss(),
                spec.earlyStopping(),
                spec.replicas()))
        .contains(expected);
  }

  @Test
  void takesEpochsAndBatches() {
    TrainingSpec spec = from(Map.of("epochs", 7L, "batch-size", 9L), VALUES);
    assertThat(spec.epochs()).isEqualTo(7);
    assertThat(spec.batchSize()).isEqualTo(9);
    assertThat(spec.batchSize(5)).isEqualTo(5);
    assertThat(from(Map.of("updater", "gradient-descent"), VALUES).batchSize(5000)).isEqualTo(5000);
  }

  /** With classes, or with values where the loss is one of these. */
  private static TrainingSpec fromOfItsTask(Map<String, ?> given) {
    Settings settings = Settings.of(TrainingSpec.settings(), given);
    boolean classes = !settings.has("loss") || Loss.from(settings.kind("loss")).suits(CLASSES);
    return TrainingSpec.from(settings, classes ? CLASSES : VALUES);
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
    assertThatThrownBy(() -> from(Map.of("updater", "adagard"), CLASSES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "updater must be one of gradient-descent, sgd, momentum, nesterov, adam, adamw, amsgrad, "
                + "nadam, adamax, rmsprop, adagrad, adadelta, but was adagard");
  }

  @Test
  void refusesValuesThatNoTrainingHas() {
    assertThatThrownBy(() -> new Updater.Sgd(Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Learning rate must be positive, but was NaN");
    assertThatThrownBy(() -> new Updater.Adam(1, 1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Beta 1 must be at least 0 and less than 1, but was 1.0");
    assertThatThrownBy(() -> Regularisation.ofL2(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("L2 must be at least 0, but was -1.0");
  }

  @Test
  void refusesTargetsThatALossCannotTake() {
    assertThatThrownBy(() -> CROSS_ENTROPY.check(3, new float[] {0, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Target of row 1 must be a class from 0 to 2, but was 3.0");
    assertThatThrownBy(() -> CROSS_ENTROPY.check(3, new float[] {0.5f}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Target of row 0 must be a class from 0 to 2, but was 0.5");
    assertThatThrownBy(() -> CROSS_ENTROPY.check(1, new float[1]))
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
