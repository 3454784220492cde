package org.fettle.executor.task;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a task evaluates. Settings and parameters are plain data, copied: {@code Long}, {@code
 * Double}, text, booleans, null, and lists and maps of these. Other integers and floats are
 * widened.
 */
public sealed interface Work {

  /**
   * Train a network on a fold and score it on the fold's validation rows.
   *
   * @param network with a value in the place of each search domain
   * @param metrics names of the metrics to measure besides the standard ones
   * @param followed names of the metrics of predictions to follow over the epochs
   * @param until the epoch after which the run ends, where it has more, and leaves a checkpoint
   *     that others go on from
   */
  record Train(
      Network network,
      int fold,
      List<String> metrics,
      List<String> followed,
      Pace pace,
      OptionalInt until)
      implements Work {
    public Train {
      requireNonNull(network, "network is null");
      metrics = List.copyOf(metrics);
      followed = List.copyOf(followed);
      requireNonNull(pace, "pace is null");
      requireNonNull(until, "until is null");
      if (fold < 0) {
        throw new IllegalArgumentException("Fold must be at least 0, but was " + fold);
      }
      if (until.isPresent() && until.getAsInt() < 1) {
        throw new IllegalArgumentException(
            "Epochs must be at least 1, but were " + until.getAsInt());
      }
    }

    /** A run of all its epochs. */
    public Train(
        Network network, int fold, List<String> metrics, List<String> followed, Pace pace) {
      this(network, fold, metrics, followed, pace, OptionalInt.empty());
    }

    /** A run that samples its curves. */
    public Train(Network network, int fold, List<String> metrics, List<String> followed) {
      this(network, fold, metrics, followed, Pace.SAMPLED);
    }
  }

  /** How often a run says how far it is. Names cross to executors: add, never rename. */
  enum Pace {
    /** About 25 times, so that a long run costs no more than a short one. */
    SAMPLED,
    EVERY_EPOCH
  }

  /**
   * Train a network on all rows but the test rows, score it on these, and return its files.
   *
   * @param before what the training has been before, where its settings changed under way
   * @param epochs after which training ends, where it has more
   * @param metrics names of the metrics to measure besides the standard ones
   */
  record Refit(Network network, List<Stage> before, int epochs, List<String> metrics)
      implements Work {
    public Refit {
      requireNonNull(network, "network is null");
      before = List.copyOf(before);
      metrics = List.copyOf(metrics);
      if (epochs < 1) {
        throw new IllegalArgumentException("Epochs must be at least 1, but were " + epochs);
      }
    }

    /** As many epochs as the training has. */
    public Refit(Network network, List<String> metrics) {
      this(network, List.of(), Integer.MAX_VALUE, metrics);
    }
  }

  /**
   * A part of a training with settings of its own.
   *
   * @param until its last epoch
   */
  record Stage(Network network, int until) {
    public Stage {
      requireNonNull(network, "network is null");
      if (until < 1) {
        throw new IllegalArgumentException("Epochs must be at least 1, but were " + until);
      }
    }
  }

  /**
   * Run the user's code.
   *
   * @param type name of a class that implements {@link org.fettle.executor.run.Objective}
   */
  record Evaluate(String type, Map<String, Object> parameters) implements Work {
    public Evaluate {
      requireNonNull(type, "type is null");
      parameters = PlainData.copy("parameters", parameters);
    }
  }

  /**
   * A network and its training, by name and settings.
   *
   * @param engine name of an engine
   * @param engineSettings what the engine is told
   * @param template name of a network template
   * @param model settings of the template
   * @param training settings of the training
   */
  record Network(
      String engine,
      Map<String, Object> engineSettings,
      String template,
      Map<String, Object> model,
      Map<String, Object> training) {
    public Network {
      requireNonNull(engine, "engine is null");
      requireNonNull(template, "template is null");
      engineSettings = PlainData.copy("engine", engineSettings);
      model = PlainData.copy("model", model);
      training = PlainData.copy("training", training);
    }

    /** The same, trained by another engine, which is told nothing. */
    public Network by(String other) {
      return other.equals(engine) ? this : new Network(other, Map.of(), template, model, training);
    }
  }
}
