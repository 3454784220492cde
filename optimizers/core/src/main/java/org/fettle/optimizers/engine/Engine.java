package org.fettle.optimizers.engine;

import java.util.List;
import java.util.Optional;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.TrainingSpec;

/**
 * Trains networks. Any number of threads may train jobs at once. A run gives the same model, bit
 * for bit, for the same seed and number of threads on the same machine, whatever else is trained
 * beside it; as one network with others ({@link #fusion}), for the same others.
 */
public interface Engine {

  /**
   * A system property: how many bytes the engines of this JVM may take outside its heap, in all. An
   * engine that can, keeps to it, and fails where it finds no room.
   */
  String NATIVE_BYTES = "org.fettle.native.bytes";

  String name();

  /**
   * Says what this engine cannot do of a network and its training, one line for each thing; nothing
   * when it can do all.
   */
  List<String> unsupported(NetworkSpec network, TrainingSpec training);

  /**
   * Says what this engine cannot do of a network and its training when workers in several processes
   * train it, one line for each thing; nothing when it can do all. Beside {@link #unsupported}.
   */
  default List<String> unsupportedAcrossProcesses(
      NetworkSpec network, TrainingSpec training, Exchange exchange) {
    return List.of(
        "it trains within one executor; the nearest are engine dl4j with exchange: averaging, engine torch with"
            + " exchange: gradients, or replicas");
  }

  /** How it trains by gangs; empty where it does not. */
  default Optional<GangTrainer> gangs() {
    return Optional.empty();
  }

  /** Whether it trains on the GPUs of a job where there are any; else on the CPU, always. */
  default boolean usesDevices() {
    return false;
  }

  /**
   * Names what runs must have in common for this engine to train them as one network, faster than
   * one after the other: runs with equal names may share a job. Such a job's results equal those of
   * the runs alone within floating-point tolerance. Empty where each run is trained by itself.
   */
  default Optional<String> fusion(NetworkSpec network, TrainingSpec training) {
    return Optional.empty();
  }

  /**
   * Trains every run of a job, on the calling thread as far as the listener sees. An exception,
   * also one of the listener, ends the job and frees its memory. An interrupt ends it within a
   * step, with the thread still interrupted.
   *
   * @return a result for each run, in the job's order
   * @throws IllegalArgumentException where something is {@link #unsupported} or a target is no
   *     class of the network
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  List<RunResult> train(TrainingJob job, RunListener listener);
}
