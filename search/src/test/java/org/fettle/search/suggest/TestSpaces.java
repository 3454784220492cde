package org.fettle.search.suggest;

import static org.fettle.search.space.Condition.atLeast;
import static org.fettle.search.space.Condition.oneOf;

import java.util.stream.Stream;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.OrdinalParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.junit.jupiter.api.Named;

/** Search spaces that every suggester has to cope with. */
public final class TestSpaces {

  private TestSpaces() {}

  /** Every space here but {@link #continuous}, for {@code @MethodSource}. */
  public static Stream<Named<SearchSpace>> all() {
    return Stream.of(
        Named.of("flat", flat()),
        Named.of("single values", singleValues()),
        Named.of("conditional", conditional()),
        Named.of("tiny", tiny()),
        Named.of("tiny conditional", tinyConditional()),
        Named.of("forbidding", forbidding()));
  }

  /** One parameter of each kind, scale and step, all active. */
  public static SearchSpace flat() {
    return SearchSpace.of(
        DoubleParameter.of("momentum", -1, 1, Scale.LINEAR),
        DoubleParameter.of("rate", 1e-5, 1, Scale.LOG),
        DoubleParameter.stepped("dropout", 0, 0.5, 0.1),
        IntegerParameter.of("layers", -3, 3, Scale.LINEAR),
        IntegerParameter.of("units", 1, 1024, Scale.LOG),
        IntegerParameter.stepped("width", 8, 60, 8),
        CategoricalParameter.of("updater", "adam", "sgd", "rmsprop"),
        CategoricalParameter.of("bias", true, false),
        CategoricalParameter.of("norm", 1, 2, 0.5),
        OrdinalParameter.of("batch", 32, 64, 128, 256));
  }

  /** Only real numbers on a linear scale. */
  public static SearchSpace continuous(int dimensions) {
    return SearchSpace.of(
        Stream.iterate(0, i -> i + 1)
            .limit(dimensions)
            .map(i -> DoubleParameter.of("x" + i, -5, 5, Scale.LINEAR))
            .toArray(DoubleParameter[]::new));
  }

  /** Parameters that can take one value each, beside one that can take more. */
  public static SearchSpace singleValues() {
    return SearchSpace.of(
        DoubleParameter.of("fixed-float", 0.3, 0.3, Scale.LINEAR),
        DoubleParameter.of("fixed-log-float", 1e-3, 1e-3, Scale.LOG),
        DoubleParameter.stepped("one-step", 0, 0.05, 0.1),
        IntegerParameter.of("fixed-int", 7, 7, Scale.LINEAR),
        IntegerParameter.of("fixed-log-int", 7, 7, Scale.LOG),
        CategoricalParameter.of("fixed-choice", "only"),
        OrdinalParameter.of("fixed-order", 1),
        DoubleParameter.of("free", 0, 1, Scale.LINEAR));
  }

  /** Conditions three deep, and layers repeated as often as another parameter says. */
  public static SearchSpace conditional() {
    return SearchSpace.of(
        CategoricalParameter.of("model", "linear", "network"),
        DoubleParameter.of("penalty", 1e-6, 1, Scale.LOG).when(oneOf("model", "linear")),
        IntegerParameter.of("layers", 1, 3, Scale.LINEAR).when(oneOf("model", "network")),
        IntegerParameter.of("units-1", 4, 256, Scale.LOG).when(atLeast("layers", 1)),
        IntegerParameter.of("units-2", 4, 256, Scale.LOG).when(atLeast("layers", 2)),
        IntegerParameter.of("units-3", 4, 256, Scale.LOG).when(atLeast("layers", 3)),
        CategoricalParameter.of("updater", "adam", "sgd").when(oneOf("model", "network")),
        DoubleParameter.of("rate", 1e-4, 1, Scale.LOG).when(oneOf("updater", "adam", "sgd")),
        CategoricalParameter.of("nesterov", true, false).when(oneOf("updater", "sgd")),
        DoubleParameter.of("momentum", 0.5, 0.99, Scale.LINEAR).when(oneOf("nesterov", true)));
  }

  /** Twelve assignments. */
  public static SearchSpace tiny() {
    return SearchSpace.of(
        IntegerParameter.of("layers", 1, 3, Scale.LINEAR),
        CategoricalParameter.of("bias", true, false),
        OrdinalParameter.of("batch", 32, 64));
  }

  /** Seven assignments: one without and two times three with the parameters that depend. */
  public static SearchSpace tinyConditional() {
    return SearchSpace.of(
        CategoricalParameter.of("regularise", false, true),
        CategoricalParameter.of("norm", "l1", "l2").when(oneOf("regularise", true)),
        DoubleParameter.stepped("weight", 0.1, 0.3, 0.1).when(oneOf("regularise", true)));
  }

  /** A third of the values of two parameters must not meet, and one pair on top. */
  public static SearchSpace forbidding() {
    return SearchSpace.of(
            CategoricalParameter.of("updater", "adam", "sgd", "rmsprop"),
            CategoricalParameter.of("schedule", "none", "step", "cosine"),
            DoubleParameter.of("rate", 1e-4, 1, Scale.LOG))
        .forbidding("updater", "adam", "schedule", "step")
        .forbidding("updater", "sgd", "schedule", "none")
        .forbidding("updater", "rmsprop", "schedule", "cosine")
        .forbidding("updater", "adam", "schedule", "cosine");
  }
}
