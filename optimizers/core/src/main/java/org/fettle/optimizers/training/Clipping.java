package org.fettle.optimizers.training;

import java.util.List;
import java.util.Map;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** What is done about large gradients, those of the penalty included, before an update. */
public sealed interface Clipping {

  /** Every gradient as it is. */
  record None() implements Clipping {}

  /** Each element of the gradient is brought within ±{@code at}. */
  record Value(double at) implements Clipping {
    public Value {
      Require.positive("Clipping", at);
    }
  }

  /**
   * A gradient whose norm ‖g‖ over all parameters is above {@code at} is multiplied by at/‖g‖.
   * Pascanu et al. 2013, arXiv:1211.5063.
   */
  record Norm(double at) implements Clipping {
    public Norm {
      Require.positive("Clipping", at);
    }
  }

  static Setting setting() {
    return Kind.setting("clip", Kinds.ALL, "what is done about large gradients").or("none");
  }

  /** One line for each kind. */
  static Map<String, String> docs() {
    return Kind.docs(Kinds.ALL);
  }

  static Clipping from(Settings.Kind kind) {
    return Kind.create(Kinds.ALL, kind);
  }

  /** Every kind that a job file can name. */
  final class Kinds {
    private static final List<Kind<Clipping>> ALL =
        List.of(
            new Kind<>("none", "takes every gradient as it is", List.of(), settings -> new None()),
            new Kind<>(
                "value",
                "brings each element of the gradient within ±at",
                List.of(Setting.numberAbove("at", 0, "largest size of an element").or(1.0)),
                settings -> new Value(settings.number("at"))),
            new Kind<>(
                "norm",
                "shortens a gradient whose norm over all weights and biases is above at",
                List.of(Setting.numberAbove("at", 0, "largest norm").or(1.0)),
                settings -> new Norm(settings.number("at"))));

    private Kinds() {}
  }
}
