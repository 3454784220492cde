package org.fettle.executor.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.util.DefaultInstantiatorStrategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;
import org.junit.jupiter.api.Test;

class TaskCodecTest {

  private static final long SEED = Long.getLong("tests.seed", 20261122L);

  private static final Work.Network NETWORK =
      new Work.Network(
          "dl4j",
          Map.of("device", "cpu"),
          "mlp",
          Map.of("hidden", List.of(64, 32), "dropout", 0.25),
          Map.of("updater", Map.of("type", "adam", "learning-rate", 1e-3), "epochs", 5L));

  private final TaskCodec codec = new TaskCodec();

  @Test
  void everyKindOfWorkComesBackEqual() {
    for (Work work :
        List.of(
            new Work.Train(NETWORK, 3, List.of("f1-macro", "training-time"), List.of("f1")),
            new Work.Refit(NETWORK, List.of()),
            new Work.Train(NETWORK, 0, List.of(), List.of(), Work.Pace.SAMPLED, OptionalInt.of(7)),
            new Work.Refit(NETWORK, List.of(new Work.Stage(NETWORK, 3)), 9, List.of()),
            new Work.Evaluate("org.example.Branin", Map.of("x", 0.5)))) {
      TrialTask task = new TrialTask("letters", 7, Long.MIN_VALUE, work);
      assertThat(codec.decodeTask(codec.encode(task))).isEqualTo(task);
      for (Optional<String> parent : List.of(Optional.<String>empty(), Optional.of("hdfs:/b"))) {
        Checkpointing how = new Checkpointing("hdfs:/a", 3, 0.5, 2, parent);
        TrialTask kept = new TrialTask("letters", 7, 1, work, Optional.of(how));
        assertThat(codec.decodeTask(codec.encode(kept))).isEqualTo(kept);
      }
    }
  }

  @Test
  void everyKindOfResultComesBackEqual() {
    Measurement measurement = Measurement.of("accuracy", 0.1 + 0.2).and("log-loss", 1e-300);
    List<TaskResult> results = new ArrayList<>();
    results.add(new TaskResult.Scored(measurement, List.of(), 1.5));
    results.add(new TaskResult.Scored(measurement, List.of(new Report(0, 1, measurement)), 1.5));
    results.add(
        new TaskResult.Scored(
            measurement,
            List.of(
                new Report(0, 1, measurement),
                new Report(0, 2, measurement),
                new Report(0, 3, Measurement.of("accuracy", -0.0))),
            1.5));
    results.add(
        new TaskResult.Scored(
            measurement,
            List.of(),
            1.5,
            List.of(List.of(3L, 0L), List.of(1L, 2L << 40)),
            new RunPlace("node7", "12", List.of("0", "3"), 5)));
    for (FailureCode code : FailureCode.values()) {
      results.add(new TaskResult.Failed(code, "Cannot train: ünïcödé 🦀", "a\n\tb\n"));
    }
    assertThat(codec.decodeResults(codec.encodeResults(results))).isEqualTo(results);
  }

  @Test
  void filesComeBackByteForByte() {
    byte[] large = new byte[3_000_000];
    new SplittableRandom(SEED).nextBytes(large);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("model.zip", large);
    files.put("empty", new byte[0]);
    Map<String, Object> schema = Map.of("features", List.of(Map.of("name", "x")));
    TaskResult.Refitted result =
        (TaskResult.Refitted)
            codec
                .decodeResults(
                    codec.encodeResults(
                        List.of(
                            new TaskResult.Refitted(
                                files,
                                schema,
                                2,
                                Measurement.of("accuracy", 1),
                                List.of(List.of(5L))))))
                .get(0);
    assertThat(result.files()).containsOnlyKeys("model.zip", "empty");
    assertThat(result.files().get("model.zip")).isEqualTo(large);
    assertThat(result.files().get("empty")).isEmpty();
    assertThat(result.schema()).isEqualTo(schema);
  }

  @Test
  void nestedPlainDataComesBackEqualAndInOrder() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 300; i++) {
      Map<String, Object> parameters = map(random, 4);
      TrialTask task = new TrialTask("s", i, 1, new Work.Evaluate("T", parameters));
      TrialTask back = codec.decodeTask(codec.encode(task));
      assertThat(back).as("case %d of -Dtests.seed=%d", i, SEED).isEqualTo(task);
      assertThat(back.toString())
          .as("case %d of -Dtests.seed=%d", i, SEED)
          .isEqualTo(task.toString());
    }
  }

  private static Map<String, Object> map(SplittableRandom random, int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int left = random.nextInt(5); left > 0; left--) {
      map.put("k" + random.nextInt(1000), value(random, depth - 1));
    }
    return map;
  }

  private static Object value(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> random.nextLong();
      case 1 -> Double.longBitsToDouble(random.nextLong());
      case 2 -> random.nextBoolean();
      case 3 -> Long.toString(random.nextLong(), 36) + "é\u0000🦀";
      case 4 -> null;
      case 5 -> "";
      case 6 -> map(random, depth);
      default -> {
        List<Object> list = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
    };
  }

  @Test
  void takesAnyListAndMapOfTheJdk() {
    Map<String, Object> parameters = new TreeMap<>();
    parameters.put("copyOf", List.copyOf(List.of("a", "b", "c")));
    parameters.put("stream", List.of(1L).stream().toList());
    parameters.put("asList", Arrays.asList(1L, null));
    parameters.put("subList", List.of(1L, 2L, 3L).subList(1, 2));
    parameters.put("linked", new LinkedList<>(List.of(1L)));
    parameters.put("empty", Collections.emptyMap());
    parameters.put("single", Collections.singletonMap("x", true));
    parameters.put("entry", Map.of("x", Map.of("y", List.of())));
    TrialTask task = new TrialTask("s", 0, 1, new Work.Evaluate("T", parameters));
    assertThat(codec.decodeTask(codec.encode(task))).isEqualTo(task);
  }

  @Test
  void widensNumbersToLongAndDouble() {
    Work.Evaluate work =
        new Work.Evaluate("T", Map.of("i", List.of(1, (short) 2, (byte) 3), "f", 0.5f));
    assertThat(work.parameters()).isEqualTo(Map.of("i", List.of(1L, 2L, 3L), "f", 0.5));
  }

  @Test
  void copiesWhatItIsGiven() {
    List<Object> hidden = new ArrayList<>(List.of(8L));
    Work.Evaluate work = new Work.Evaluate("T", Map.of("hidden", hidden));
    hidden.add(9L);
    assertThat(work.parameters()).isEqualTo(Map.of("hidden", List.of(8L)));
  }

  @Test
  void refusesWhatIsNotPlainDataAndSaysWhere() {
    assertThatThrownBy(
            () ->
                new Work.Evaluate("T", Map.of("a", List.of(0, Map.of("b", new AtomicInteger(4))))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "parameters.a[1].b must be a number, text, a boolean, a list or a map, but was 4 of"
                + " java.util.concurrent.atomic.AtomicInteger");
    assertThatThrownBy(() -> new Work.Evaluate("T", Map.of("a", Map.of(1, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Keys of parameters.a must be text, but one was 1");
  }

  @Test
  void refusesBytesOfClassesThatAreNotRegistered() {
    Kryo open = new Kryo();
    open.setRegistrationRequired(false);
    open.setInstantiatorStrategy(new DefaultInstantiatorStrategy());
    Output output = new Output(64, -1);
    open.writeClassAndObject(output, new StringBuilder("x"));
    assertThatThrownBy(() -> codec.decodeTask(output.toBytes()))
        .hasMessageContaining("Class is not registered: java.lang.StringBuilder");
  }

  @Test
  void oneCodecServesManyTasks() {
    TrialTask task = new TrialTask("s", 0, 1, new Work.Train(NETWORK, 0, List.of(), List.of()));
    byte[] first = codec.encode(task);
    assertThat(codec.encode(task)).isEqualTo(first);
    assertThat(new TaskCodec().decodeTask(first)).isEqualTo(task);
  }

  @Test
  void refusesANegativeFold() {
    assertThatThrownBy(() -> new Work.Train(NETWORK, -1, List.of(), List.of()))
        .hasMessage("Fold must be at least 0, but was -1");
  }
}
