package org.fettle.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fettle.search.space.Condition.atLeast;
import static org.fettle.search.space.Condition.oneOf;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fettle.search.TestSeed;
import org.fettle.search.suggest.TestSpaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSeed.class)
class SearchSpaceTest {

  private static final SearchSpace NETWORK =
      SearchSpace.of(
          CategoricalParameter.of("updater", "adam", "sgd"),
          DoubleParameter.of("momentum", 0, 1, Scale.LINEAR).when(oneOf("updater", "sgd")),
          IntegerParameter.of("layers", 1, 3, Scale.LINEAR));

  @Test
  void putsParentsFirstAndOtherwiseKeepsTheOrder() {
    SearchSpace space =
        SearchSpace.of(
            CategoricalParameter.of("c", 1).when(oneOf("b", 1)),
            CategoricalParameter.of("x", 1),
            CategoricalParameter.of("b", 1).when(oneOf("a", 1)),
            CategoricalParameter.of("a", 1),
            CategoricalParameter.of("y", 1));
    assertThat(space.parameters())
        .extracting(Parameter::name)
        .containsExactly("x", "a", "y", "b", "c");
  }

  @Test
  void saysWhatIsWrongWithAnAssignment() {
    refused(
        () -> NETWORK.check(Assignment.of("updater", "adam", "layers", 4)),
        "Parameter layers must be int from 1 to 3, but was 4");
    refused(
        () -> NETWORK.check(Assignment.of("updater", "adam")),
        "Parameter layers must be int from 1 to 3, but was missing");
    refused(
        () -> NETWORK.check(Assignment.of("updater", "adam", "momentum", 0.5, "layers", 1)),
        "Parameter momentum must be left out unless updater in [sgd], but was 0.5");
    refused(
        () -> NETWORK.check(Assignment.of("updater", "adam", "layers", 1, "layer", 2)),
        "Assignment must use the parameters updater, momentum, layers,"
            + " but was [updater, layers, layer]");
    refused(
        () ->
            NETWORK
                .forbidding("updater", "adam", "layers", 3)
                .check(Assignment.of("updater", "adam", "layers", 3)),
        "Assignment must not have {updater=adam, layers=3} together");
    assertThat(NETWORK.contains(Assignment.of("layers", 1, "momentum", 1, "updater", "sgd")))
        .isTrue();
  }

  @Test
  void writesAnAssignmentInItsOwnOrderAndKinds() {
    Assignment given = Assignment.of("layers", 1, "momentum", 1, "updater", "sgd");
    assertThat(NETWORK.checked(given).values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("updater", "sgd", "momentum", 1.0, "layers", 1L));
    assertThat(NETWORK.checked(given).values().keySet())
        .containsExactlyElementsOf(NETWORK.parameters().stream().map(Parameter::name).toList());
    refused(
        () -> NETWORK.checked(Assignment.of("updater", "rprop")),
        "Parameter updater must be one of [adam, sgd], but was rprop");
  }

  @Test
  void refusesPartsThatDoNotFitTogether() {
    Parameter a = CategoricalParameter.of("a", "x", "y");
    refused(() -> SearchSpace.of(a, a), "Parameter names must differ, but a stands there twice");
    refused(
        () -> SearchSpace.of(a, CategoricalParameter.of("b", 1).when(oneOf("c", 1))),
        "Condition of b must name a parameter of the space, but was c");
    refused(
        () -> SearchSpace.of(a, CategoricalParameter.of("b", 1).when(oneOf("a", "z"))),
        "Parameter a must be one of [x, y], but was z");
    refused(
        () -> SearchSpace.of(a, CategoricalParameter.of("b", 1).when(atLeast("a", 1))),
        "Condition of b must compare numbers, but a is one of [x, y]");
    refused(
        () -> SearchSpace.of(a).forbidding("b", 1),
        "Forbidden combination must name a parameter of the space, but was b");
    refused(
        () -> SearchSpace.of(a).forbidding("a", "z"),
        "Parameter a must be one of [x, y], but was z");
    refused(() -> SearchSpace.of(a).forbidding(), "A forbidden combination must name a value");
    refused(
        () ->
            SearchSpace.of(
                CategoricalParameter.of("p", 1).when(oneOf("q", 1)),
                CategoricalParameter.of("q", 1).when(oneOf("p", 1))),
        "Conditions must not form a cycle, but did among [p, q]");
  }

  @Test
  void takesAWholeNumberWhereAFloatIsMeant() {
    SearchSpace space =
        SearchSpace.of(
                DoubleParameter.stepped("weight", 0, 2, 0.5),
                CategoricalParameter.of("norm", "l1", "l2").when(oneOf("weight", 1, 2)))
            .forbidding("weight", 2, "norm", "l1");
    assertThat(space.contains(Assignment.of("weight", 1.0, "norm", "l1"))).isTrue();
    assertThat(space.contains(Assignment.of("weight", 2.0, "norm", "l1"))).isFalse();
    assertThat(space.contains(Assignment.of("weight", 0.5, "norm", "l1"))).isFalse();
    assertThat(space.size()).hasValue(BigInteger.valueOf(3 + 2 + 1));
  }

  @Test
  void countsTheTestSpaces() {
    assertThat(TestSpaces.tiny().size()).hasValue(BigInteger.valueOf(12));
    assertThat(TestSpaces.tinyConditional().size()).hasValue(BigInteger.valueOf(7));
    assertThat(TestSpaces.flat().size()).isEmpty();
    assertThat(TestSpaces.conditional().size()).isEmpty();
    assertThat(SearchSpace.of().size()).hasValue(BigInteger.ONE);
    assertThat(TestSpaces.singleValues().fixing("free", 0.5).size()).hasValue(BigInteger.ONE);
  }

  @Test
  void countsASpaceTooLargeForALong() {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(IntegerParameter.stepped("layers", 1, 1L << 40, 1));
    for (int i = 0; i < 64; i++) {
      parameters.add(
          IntegerParameter.of("units-" + i, 1, 1024, Scale.LOG).when(atLeast("layers", i + 1)));
    }
    BigInteger expected = BigInteger.ZERO;
    for (int layers = 1; layers < 64; layers++) {
      expected = expected.add(BigInteger.TWO.pow(10 * layers));
    }
    expected = expected.add(BigInteger.valueOf((1L << 40) - 63).multiply(BigInteger.TWO.pow(640)));
    assertThat(new SearchSpace(parameters, List.of()).size()).hasValue(expected);
  }

  @Test
  void countsALongChainOfTiedParameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      parameters.add(CategoricalParameter.of("p" + i, 0, 1));
    }
    SearchSpace space = new SearchSpace(parameters, List.of());
    for (int i = 1; i < 40; i++) {
      space = space.forbidding("p" + (i - 1), 1, "p" + i, 1);
    }
    // Without two ones beside each other: Fibonacci's number 42.
    assertThat(space.size()).hasValue(BigInteger.valueOf(267914296));
  }

  @Test
  void countsWhatBruteForceCounts() {
    RandomGenerator random = new SplittableRandom(TestSeed.value());
    for (int i = 0; i < 100; i++) {
      SearchSpace space = space(random);
      assertThat(space.size())
          .as("%s", space)
          .hasValue(BigInteger.valueOf(count(space, 0, new TreeMap<>())));
    }
  }

  @Test
  void countsAContinuousParameterOnlyWhereItCanBeActive() {
    SearchSpace space =
        SearchSpace.of(
            IntegerParameter.of("layers", 1, 3, Scale.LINEAR),
            DoubleParameter.of("x", 0, 1, Scale.LINEAR).when(atLeast("layers", 4)));
    assertThat(space.size()).hasValue(BigInteger.valueOf(3));
    assertThat(
            SearchSpace.of(DoubleParameter.of("x", 0, 1, Scale.LINEAR)).forbidding("x", 1).size())
        .isEmpty();
  }

  private static long count(SearchSpace space, int place, Map<String, Object> values) {
    if (place == space.parameters().size()) {
      return space.contains(new Assignment(values)) ? 1 : 0;
    }
    Parameter parameter = space.parameters().get(place);
    if (!parameter.condition().holds(values)) {
      return count(space, place + 1, values);
    }
    long count = 0;
    for (long i = 0; i < parameter.cardinality().orElseThrow(); i++) {
      values.put(parameter.name(), parameter.value(i));
      count += count(space, place + 1, values);
      values.remove(parameter.name());
    }
    return count;
  }

  /** Up to six finite parameters, each under up to two conditions, and forbidden combinations. */
  private static SearchSpace space(RandomGenerator random) {
    List<Parameter> parameters = new ArrayList<>();
    int count = random.nextInt(1, 7);
    for (int i = 0; i < count; i++) {
      Parameter parameter =
          switch (random.nextInt(4)) {
            case 0 -> CategoricalParameter.of("p" + i, "x", "y", "z");
            case 1 -> DoubleParameter.stepped("p" + i, 0, 0.3, 0.1);
            case 2 -> IntegerParameter.of("p" + i, 1, 5, Scale.LOG);
            default -> OrdinalParameter.of("p" + i, 1, 2, 4);
          };
      for (int j = random.nextInt(3); j > 0 && i > 0; j--) {
        Parameter parent = parameters.get(random.nextInt(i));
        boolean compare = !(parent instanceof CategoricalParameter) && random.nextBoolean();
        parameter =
            parameter.when(
                compare
                    ? atLeast(parent.name(), random.nextInt(4))
                    : oneOf(parent.name(), value(parent, random), value(parent, random)));
      }
      parameters.add(parameter);
    }
    SearchSpace space = new SearchSpace(parameters, List.of());
    for (int i = random.nextInt(4); i > 0; i--) {
      Parameter one = parameters.get(random.nextInt(count));
      Parameter other = parameters.get(random.nextInt(count));
      space =
          one == other
              ? space.forbidding(one.name(), value(one, random))
              : space.forbidding(
                  one.name(), value(one, random), other.name(), value(other, random));
    }
    return space;
  }

  private static Object value(Parameter parameter, RandomGenerator random) {
    return parameter.value(random.nextLong(parameter.cardinality().orElseThrow()));
  }

  @Test
  void assignsDefaultsOrMiddles() {
    SearchSpace space =
        SearchSpace.of(
            CategoricalParameter.of("updater", "adam", "sgd").withDefault("sgd"),
            CategoricalParameter.of("norm", "l1", "l2"),
            OrdinalParameter.of("batch", 32, 64, 128),
            IntegerParameter.of("layers", 1, 5, Scale.LINEAR),
            DoubleParameter.of("rate", 1e-4, 1, Scale.LOG).withDefault(1e-3),
            DoubleParameter.of("momentum", 0, 1, Scale.LINEAR).when(oneOf("updater", "sgd")),
            DoubleParameter.of("beta", 0, 1, Scale.LINEAR).when(oneOf("updater", "adam")));
    assertThat(space.defaults())
        .isEqualTo(
            Assignment.of(
                "updater",
                "sgd",
                "norm",
                "l1",
                "batch",
                64,
                "layers",
                3,
                "rate",
                1e-3,
                "momentum",
                0.5));
  }

  @Test
  void holdsParametersAtFixedValues() {
    SearchSpace fixed =
        TestSpaces.conditional().fixing("model", "network", "layers", 2, "nesterov", false);
    assertThat(fixed.parameters())
        .extracting(Parameter::name)
        .containsExactly(
            "model", "layers", "units-1", "units-2", "units-3", "updater", "rate", "nesterov");
    assertThat(fixed.parameter("layers").get().cardinality()).hasValue(1);
    RandomGenerator random = new SplittableRandom(TestSeed.value());
    for (int i = 0; i < 100; i++) {
      Assignment drawn = fixed.assign(parameter -> parameter.fromUnit(random.nextDouble()));
      fixed.check(drawn);
      TestSpaces.conditional().check(drawn);
      assertThat(drawn.value("units-3")).isEmpty();
      assertThat(drawn.value("units-2")).isPresent();
    }
  }

  @Test
  void dropsForbiddenCombinationsThatFixedValuesRuleOut() {
    SearchSpace fixed = TestSpaces.forbidding().fixing("updater", "sgd");
    assertThat(fixed.forbidden()).hasSize(1);
    assertThat(fixed.fixing("rate", 1).size()).hasValue(BigInteger.valueOf(2));
    refused(
        () -> fixed.fixing("rat", 1),
        "Fixed value must be of a parameter of the space, but was of rat");
    refused(
        () -> TestSpaces.forbidding().fixing("updater", "rprop"),
        "Parameter updater must be one of [adam, sgd, rmsprop], but was rprop");
  }

  @Test
  void findsParametersByName() {
    assertThat(NETWORK.parameter("layers")).isPresent();
    assertThat(NETWORK.parameter("layer")).isEqualTo(Optional.empty());
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void completesAnAssignmentWithDefaultsAndMiddles() {
    SearchSpace space =
        SearchSpace.of(
                CategoricalParameter.of("updater", "adam", "sgd"),
                DoubleParameter.of("rate", 0, 1, Scale.LINEAR),
                DoubleParameter.of("momentum", 0, 1, Scale.LINEAR)
                    .withDefault(0.9)
                    .when(Condition.oneOf("updater", "sgd")))
            .forbidding("updater", "sgd", "rate", 1.0);

    assertThat(space.completing(Assignment.of())).isEqualTo(space.defaults());
    assertThat(space.completing(Assignment.of("updater", "sgd")))
        .isEqualTo(Assignment.of("updater", "sgd", "rate", 0.5, "momentum", 0.9));
    assertThat(space.completing(Assignment.of("rate", 1)))
        .isEqualTo(Assignment.of("updater", "adam", "rate", 1.0));
    assertThatThrownBy(() -> space.completing(Assignment.of("momentum", 0.5)))
        .hasMessage("Parameter momentum must be left out unless updater in [sgd], but was 0.5");
    assertThatThrownBy(() -> space.completing(Assignment.of("rat", 0.5)))
        .hasMessageStartingWith("Assignment must use the parameters updater, rate, momentum, but");
    assertThatThrownBy(() -> space.completing(Assignment.of("rate", 2)))
        .hasMessage("Parameter rate must be float from 0.0 to 1.0, but was 2");
    assertThatThrownBy(() -> space.completing(Assignment.of("updater", "sgd", "rate", 1.0)))
        .hasMessage("Assignment must not have {updater=sgd, rate=1.0} together");
  }
}
