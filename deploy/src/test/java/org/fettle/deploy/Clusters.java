package org.fettle.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Jobs for the tests of clusters, and a look at who works on them. */
final class Clusters {

  /**
   * An objective whose trials but the first say who works on them, and wait until a file is there:
   * {@code <gate>-<trial>-<executor>} holds the number of the process and the task's GPU, if any.
   */
  static final String GATED =
      """
      import java.nio.file.*;
      import java.util.concurrent.locks.LockSupport;
      import org.apache.spark.SparkEnv;
      import org.apache.spark.TaskContext;
      import org.fettle.executor.run.*;
      import org.fettle.search.study.Measurement;

      public final class Gated implements Objective {
        @Override
        public Measurement evaluate(TrialContext trial) throws Exception {
          Path gate = Path.of(trial.text("gate"));
          if (trial.trial() > 0) {
            String name = gate.getFileName() + "-" + trial.trial() + "-" + SparkEnv.get().executorId();
            var gpu = TaskContext.get().resourcesJMap().get("gpu");
            Path written =
                Files.writeString(
                    gate.resolveSibling("." + name),
                    ProcessHandle.current().pid() + " " + (gpu == null ? "" : gpu.addresses()[0]));
            trial.report(1, Measurement.of("loss", trial.trial()));
            Files.move(written, gate.resolveSibling(name), StandardCopyOption.REPLACE_EXISTING);
            while (!Files.exists(gate)) {
              LockSupport.parkNanos(10_000_000);
            }
          }
          double x = trial.number("x");
          return Measurement.of("loss", x * x);
        }
      }
      """;

  private Clusters() {}

  /** A job of {@link #GATED}. */
  static String gated(String study, Path gate) {
    return """
        study: %s
        objective: Gated
        parameters: { x: { float: [-1, 1] }, gate: '%s' }
        goal: { minimize: loss }
        search: { suggester: random, trials: 4, parallel: 2 }
        """
        .formatted(study, gate);
  }

  /** A small network; data as a path or a URI. */
  static String tiny(String study, String data) {
    return """
        study: %s
        seed: 7
        data: { source: '%s', format: csv, target: species, task: classification }
        model: { template: mlp, hidden: { repeat: { int: [1, 2] }, of: { int: [4, 8] } } }
        training:
          epochs: 2
          updater: { type: adam, learning-rate: { float: [1.0e-3, 1.0e-1], log: true } }
        validation: { folds: 2 }
        goal: { maximize: accuracy }
        pruning: { pruner: median }
        search: { suggester: random, trials: 3, parallel: 1 }
        """
        .formatted(study, data);
  }

  /** Who waits at a gate: processes by "trial-executor". */
  static Map<String, Long> waiting(Path gate) throws IOException {
    Map<String, Long> waiting = new TreeMap<>();
    for (Map.Entry<String, String> sign : signs(gate).entrySet()) {
      waiting.put(sign.getKey(), Long.valueOf(sign.getValue().split(" ", -1)[0]));
    }
    return waiting;
  }

  /** The GPUs of those who wait at a gate. */
  static List<String> gpus(Path gate) throws IOException {
    return signs(gate).values().stream().map(sign -> sign.split(" ", -1)[1]).toList();
  }

  private static Map<String, String> signs(Path gate) throws IOException {
    Map<String, String> signs = new TreeMap<>();
    String prefix = gate.getFileName() + "-";
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(gate.getParent())) {
      files.filter(file -> file.getFileName().toString().startsWith(prefix)).forEach(found::add);
    }
    for (Path sign : found) {
      signs.put(sign.getFileName().toString().substring(prefix.length()), Files.readString(sign));
    }
    return signs;
  }

  /** Ends a process as a lost machine does. */
  static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }
}
