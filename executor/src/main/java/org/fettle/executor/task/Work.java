package org.fettle.executor.task;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

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
   */
  record Train(Network network, int fold, List<String> metrics, List<String> followed, Pace pace)
      implements Work {
    public Train {
      requireNonNull(network, "network is null");
      metrics = List.copyOf(metrics);
      followed = List.copyOf(followed);
      requireNonNull(pace, "pace is null");
      if (fold < 0) {
        throw new IllegalArgumentException("Fold must be at least 0, but was " + fold);
      }
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
   * @param epochs after which training ends, where it has more
   * @param metrics names of the metrics to measure besides the standard ones
   */
  record Refit(Network network, int epochs, List<String> metrics) implements Work {
    public Refit {
      requireNonNull(network, "network is null");
      metrics = List.copyOf(metrics);
      if (epochs < 1) {
        throw new IllegalArgumentException("Epochs must be at least 1, but were " + epochs);
      }
    }

    /** As many epochs as the training has. */
    public Refit(Network network, List<String> metrics) {
      this(network, Integer.MAX_VALUE, metrics);
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
