package org.fettle.optimizers.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.engine.Continuation;
import org.fettle.optimizers.engine.Exchange;
import org.fettle.optimizers.engine.TrainingJob;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Schedule;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.search.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Deeplearning4j's own fit takes the steps that the engine takes. */
class ShippedNetworkTest {

  private static final int ROWS = 24;
  private static final Task TASK = new Task.Classification(3);

  private final NetworkSpec network =
      new NetworkSpec(
          4, List.of(new Layer.Dense(5, Activation.TANH)), TASK.outputs(), Initialisation.HE);

  private static Examples examples() {
    Random random = new Random(7);
    float[] values = new float[ROWS * 4];
    float[] targets = new float[ROWS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    for (int row = 0; row < ROWS; row++) {
      targets[row] = row % 5 == 0 ? 2 : row % 2;
    }
    return new Examples(new FloatMatrix(ROWS, 4, values), targets);
  }

  static List<Map<String, Object>> trainings() {
    List<Map<String, Object>> trainings = new ArrayList<>();
    for (String updater :
        List.of(
            "sgd",
            "momentum",
            "nesterov",
            "adam",
            "adamw",
            "amsgrad",
            "nadam",
            "adamax",
            "rmsprop",
            "adagrad",
            "adadelta")) {
      trainings.add(Map.of("updater", Map.of("type", updater)));
    }
    trainings.add(Map.of("l1", 0.01, "l2", 0.1));
    trainings.add(Map.of("weight-decay", 0.5, "l2", 0.1, "schedule", Map.of("type", "polynomial")));
    trainings.add(Map.of("l2", 0.1, "clip", Map.of("type", "value", "at", 0.01), "warm-up", 2.0));
    trainings.add(Map.of("loss", Map.of("type", "cross-entropy", "class-weights", "balanced")));
    trainings.add(Map.of("loss", Map.of("type", "hinge")));
    return trainings;
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void fitTakesTheEnginesSteps(Map<String, Object> given) {
    Map<String, Object> settings = new java.util.LinkedHashMap<>(given);
    settings.put("epochs", 4L);
    settings.put("batch-size", (long) ROWS);
    TrainingSpec spec = TrainingSpec.from(Settings.of(TrainingSpec.settings(), settings), TASK);
    Examples rows = examples();
    List<float[]> expected = new ArrayList<>();
    new Dl4jEngine()
        .train(
            new TrainingJob(List.of(TrainingRun.of(network, spec, rows, 3)), 1),
            (run, report) -> {
              expected.add(report.state().get().parameters().clone());
              return Continuation.GO_ON;
            });
    int[] counts = new int[3];
    for (float target : rows.targets()) {
      counts[(int) target]++;
    }
    try (ShippedNetwork shipped =
        new ShippedNetwork(network, spec, settings, counts, new Schedule.Span(1, 4), 3)) {
      for (int epoch = 0; epoch < 4; epoch++) {
        shipped.graph().fit(Shipping.batch(network.input(), false, 3, rows));
        assertThat(shipped.parameters())
            .as("after step %d", epoch + 1)
            .containsExactly(expected.get(epoch), within(2e-5f));
      }
    }
  }

  @Test
  void aNetworkThatWasSentGoesOnFromItsState() throws Exception {
    Map<String, Object> settings = Map.of("epochs", 4L, "batch-size", (long) ROWS);
    TrainingSpec spec = TrainingSpec.from(Settings.of(TrainingSpec.settings(), settings), TASK);
    Schedule.Span span = new Schedule.Span(1, 4);
    try (ShippedNetwork first =
            new ShippedNetwork(network, spec, settings, new int[] {9, 9, 6}, span, 3);
        ShippedNetwork second =
            new ShippedNetwork(network, spec, settings, new int[] {9, 9, 6}, span, 4)) {
      first.graph().fit(Shipping.batch(network.input(), false, 3, examples()));
      second.setParameters(first.parameters());
      second.setMemory(first.memory());
      ComputationGraphConfiguration sent = sent(second.graph().getConfiguration());
      ComputationGraph elsewhere = new ComputationGraph(sent);
      elsewhere.init(second.graph().params().dup(), false);
      elsewhere
          .getUpdater(true)
          .setStateViewArray(second.graph().getUpdater(true).getStateViewArray().dup());

      first.graph().fit(Shipping.batch(network.input(), false, 3, examples()));
      elsewhere.fit(Shipping.batch(network.input(), false, 3, examples()));

      assertThat(elsewhere.params().toFloatVector())
          .containsExactly(first.graph().params().toFloatVector());
      assertThat(first.memory()[first.memory().length - 2]).isEqualTo(2);
    }
  }

  private static ComputationGraphConfiguration sent(ComputationGraphConfiguration configuration)
      throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(configuration);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (ComputationGraphConfiguration) in.readObject();
    }
  }

  @Test
  void saysWhatItCannotDoAndWhatComesNearest() {
    Map<String, Object> settings =
        Map.of(
            "updater",
            Map.of("type", "gradient-descent"),
            "clip",
            Map.of("type", "norm", "at", 1.0),
            "max-norm",
            1.0,
            "noise",
            0.1,
            "replicas",
            2L);
    TrainingSpec spec = TrainingSpec.from(Settings.of(TrainingSpec.settings(), settings), TASK);
    assertThat(new Dl4jEngine().unsupportedAcrossProcesses(network, spec, Exchange.GRADIENTS))
        .hasSize(6)
        .allSatisfy(line -> assertThat(line).contains("; the nearest "));
  }
}
