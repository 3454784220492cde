package org.fettle.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fettle.search.TestSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSeed.class)
class ParameterTest {

  private static final RandomGenerator RANDOM = new SplittableRandom(TestSeed.value());

  @Test
  void givesBackEveryValueThatItGaveToTheLastBit() {
    for (Parameter parameter : parameters(1000)) {
      for (int i = 0; i < 10; i++) {
        Object value = parameter.fromUnit(place());
        assertThat(parameter.contains(value)).as("%s contains %s", parameter, value).isTrue();
        assertThat(parameter.fromUnit(parameter.toUnit(value)))
            .as("%s", parameter)
            .isEqualTo(value);
      }
    }
  }

  @Test
  void givesBackEveryDiscreteValueByPlaceAndByIndex() {
    for (Parameter parameter : parameters(1000)) {
      if (parameter.cardinality().isPresent()) {
        long size = parameter.cardinality().getAsLong();
        for (int i = 0; i < 10; i++) {
          long index = i < 2 ? i * (size - 1) : RANDOM.nextLong(size);
          Object value = parameter.value(index);
          assertThat(parameter.contains(value)).as("%s contains %s", parameter, value).isTrue();
          assertThat(parameter.index(value)).as("%s %s", parameter, value).isEqualTo(index);
          double unit = parameter.toUnit(value);
          assertThat(parameter.fromUnit(unit)).as("%s at %s", parameter, unit).isEqualTo(value);
        }
      }
    }
  }

  @Test
  void ascendsOverTheUnitIntervalFromTheLowestToTheHighest() {
    for (Parameter parameter : parameters(500)) {
      if (parameter instanceof DoubleParameter || parameter instanceof IntegerParameter) {
        double before = ((Number) parameter.fromUnit(0)).doubleValue();
        for (int i = 1; i <= 50; i++) {
          double value = ((Number) parameter.fromUnit(i / 50.0)).doubleValue();
          assertThat(value).as("%s", parameter).isGreaterThanOrEqualTo(before);
          before = value;
        }
      }
    }
    assertThat(DoubleParameter.of("x", 1e-5, 0.3, Scale.LOG).fromUnit(0)).isEqualTo(1e-5);
    assertThat(DoubleParameter.of("x", 1e-5, 0.3, Scale.LOG).fromUnit(1)).isEqualTo(0.3);
    assertThat(IntegerParameter.of("n", -3, 17, Scale.LINEAR).fromUnit(0)).isEqualTo(-3L);
    assertThat(IntegerParameter.of("n", -3, 17, Scale.LINEAR).fromUnit(1)).isEqualTo(17L);
  }

  @Test
  void takesWhatLiesOutsideAsTheNearerEnd() {
    for (Parameter parameter : parameters(200)) {
      assertThat(parameter.fromUnit(-7)).isEqualTo(parameter.fromUnit(0));
      assertThat(parameter.fromUnit(1e300)).isEqualTo(parameter.fromUnit(1));
    }
    refused(
        () -> DoubleParameter.of("x", 0, 1, Scale.LINEAR).fromUnit(Double.NaN),
        "Place of x must be in [0, 1], but was NaN");
    refused(
        () -> OrdinalParameter.of("batch", 32, 64).fromUnit(Double.NaN),
        "Place of batch must be in [0, 1], but was NaN");
  }

  @Test
  void cutsTheUnitIntervalIntoEqualCells() {
    Parameter parameter = OrdinalParameter.of("batch", 32, 64, 128, 256);
    assertThat(parameter.fromUnit(0.2499)).isEqualTo(32L);
    assertThat(parameter.fromUnit(0.25)).isEqualTo(64L);
    assertThat(parameter.fromUnit(0.9999)).isEqualTo(256L);
    assertThat(parameter.toUnit(64L)).isEqualTo(0.375);
    assertThat(CategoricalParameter.of("a", "x", "y").toUnit("y")).isEqualTo(0.75);
    assertThat(IntegerParameter.stepped("n", 0, 11, 5).toUnit(10L)).isEqualTo(2.5 / 3);
    assertThat(DoubleParameter.stepped("d", 0, 0.5, 0.1).toUnit(0.3)).isEqualTo(3.5 / 6);
  }

  @Test
  void countsStepsInDecimals() {
    DoubleParameter tenths = DoubleParameter.stepped("x", 0.1, 0.95, 0.1);
    List<Object> values = new ArrayList<>();
    for (long i = 0; i < tenths.cardinality().orElseThrow(); i++) {
      values.add(tenths.value(i));
    }
    assertThat(values).containsExactly(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9);
    assertThat(tenths.contains(0.1 + 0.2)).isFalse();
    assertThat(tenths.contains(0.95)).isFalse();
    assertThat(tenths.contains(1.0)).isFalse();
    assertThat(DoubleParameter.stepped("x", 0, 3, 1).contains(2L)).isTrue();
  }

  @Test
  void knowsHowManyValuesThereAre() {
    assertThat(DoubleParameter.of("x", 0, 1, Scale.LINEAR).cardinality()).isEmpty();
    assertThat(DoubleParameter.of("x", 1, 1, Scale.LINEAR).cardinality()).hasValue(1);
    assertThat(DoubleParameter.stepped("x", 0, 1, 0.3).cardinality()).hasValue(4);
    assertThat(IntegerParameter.of("n", -2, 2, Scale.LINEAR).cardinality()).hasValue(5);
    assertThat(IntegerParameter.stepped("n", 0, 9, 5).cardinality()).hasValue(2);
    assertThat(CategoricalParameter.of("a", true, false).cardinality()).hasValue(2);
    assertThat(OrdinalParameter.of("a", 1, 2, 4).cardinality()).hasValue(3);
  }

  @Test
  void keepsOneKindOfValue() {
    assertThat(CategoricalParameter.of("a", 1, 2.5f, "x").choices()).containsExactly(1L, 2.5, "x");
    assertThat(IntegerParameter.of("n", 0, 3, Scale.LINEAR).contains(1.0)).isFalse();
    assertThat(IntegerParameter.of("n", 0, 3, Scale.LINEAR).contains("1")).isFalse();
    assertThat(DoubleParameter.of("x", 0, 1, Scale.LINEAR).contains("0")).isFalse();
    assertThat(DoubleParameter.of("x", 0, 1, Scale.LINEAR).contains(Double.NaN)).isFalse();
    assertThat(DoubleParameter.of("x", -0.0, 1, Scale.LINEAR).low()).isEqualTo(0.0);
    assertThat(DoubleParameter.of("x", 0, 4, Scale.LINEAR).withDefault(2).defaultValue())
        .hasValue(2.0);
  }

  @Test
  void refusesImpossibleRanges() {
    refused(
        () -> DoubleParameter.of("x", 2, 1, Scale.LINEAR),
        "Low bound of x must not exceed the high bound, but was 2.0 > 1.0");
    refused(
        () -> DoubleParameter.of("x", Double.NaN, 1, Scale.LINEAR),
        "Bounds of x must be finite, but were NaN and 1.0");
    refused(
        () -> DoubleParameter.of("x", -Double.MAX_VALUE, Double.MAX_VALUE, Scale.LINEAR),
        "Range of x must be finite, but was -1.7976931348623157E308 to 1.7976931348623157E308");
    refused(
        () -> DoubleParameter.of("x", 0, 1, Scale.LOG),
        "Low bound of x must be positive on a log scale, but was 0.0");
    refused(() -> DoubleParameter.stepped("x", 0, 1, 0), "Step of x must be positive, but was 0.0");
    refused(
        () -> DoubleParameter.stepped("x", 1e10, 1e10 + 1, 1e-7),
        "Step of x must be at least 1.0000000001E10 / 2^48, but was 1.0E-7");
    refused(
        () -> IntegerParameter.of("n", 2, 1, Scale.LINEAR),
        "Low bound of n must not exceed the high bound, but was 2 > 1");
    refused(
        () -> IntegerParameter.of("n", 0, Long.MAX_VALUE, Scale.LINEAR),
        "Bounds of n must be within ±2^44, but were 0 and 9223372036854775807");
    refused(
        () -> IntegerParameter.of("n", 0, 1, Scale.LOG),
        "Low bound of n must be positive on a log scale, but was 0");
    refused(() -> IntegerParameter.stepped("n", 0, 1, 0), "Step of n must be positive, but was 0");
    refused(() -> CategoricalParameter.of("a"), "Choices of a must not be empty");
    refused(
        () -> OrdinalParameter.of("a", 1, 2, 1),
        "Choices of a must differ, but 1 stands there twice");
    refused(() -> CategoricalParameter.of(" ", 1), "Parameter name must not be blank, but was ' '");
    refused(
        () -> CategoricalParameter.of("a", List.of()),
        "Value must be a number, a text or true or false, but was []");
    refused(
        () -> CategoricalParameter.of("a", Double.POSITIVE_INFINITY),
        "Value must be finite, but was Infinity");
  }

  @Test
  void refusesDefaultsThatAreNoValues() {
    refused(
        () -> DoubleParameter.of("x", 1e-4, 1, Scale.LOG).withDefault(2),
        "Parameter x must be float from 1.0E-4 to 1.0, log, but was 2.0");
    refused(
        () -> DoubleParameter.stepped("x", 0, 1, 0.5).withDefault(0.7),
        "Parameter x must be float from 0.0 to 1.0, step 0.5, but was 0.7");
    refused(
        () -> IntegerParameter.stepped("n", 0, 9, 3).withDefault(4),
        "Parameter n must be int from 0 to 9, step 3, but was 4");
    refused(
        () -> CategoricalParameter.of("a", "x", "y").withDefault("z"),
        "Parameter a must be one of [x, y], but was z");
    refused(
        () -> OrdinalParameter.of("a", 1, 2).withDefault(3),
        "Parameter a must be one of, in order, [1, 2], but was 3");
  }

  @Test
  void hasNoIndexWhereItIsContinuous() {
    DoubleParameter parameter = DoubleParameter.of("x", 0, 1, Scale.LINEAR);
    assertThatThrownBy(() -> parameter.index(0.5))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Parameter x must have a step, but has none");
    assertThatThrownBy(() -> parameter.value(0)).hasMessageContaining("must have a step");
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  /** Places with the ends, their neighbours and very small ones among them. */
  private static double place() {
    return switch (RANDOM.nextInt(10)) {
      case 0 -> 0;
      case 1 -> 1;
      case 2 -> Math.nextDown(1.0);
      case 3 -> Math.scalb(RANDOM.nextDouble(), -RANDOM.nextInt(60));
      default -> RANDOM.nextDouble();
    };
  }

  private static List<Parameter> parameters(int count) {
    List<Parameter> parameters = new ArrayList<>();
    while (parameters.size() < count) {
      parameters.add(parameter());
    }
    return parameters;
  }

  private static Parameter parameter() {
    double low = RANDOM.nextDouble(-1, 1) * Math.pow(10, RANDOM.nextInt(-12, 12));
    double high = low + RANDOM.nextDouble() * Math.pow(10, RANDOM.nextInt(-12, 12));
    double tiny = Math.pow(10, RANDOM.nextInt(-300, 300)) * RANDOM.nextDouble(1, 10);
    double wide = tiny * Math.pow(10, RANDOM.nextInt(0, 4)) * RANDOM.nextDouble(1, 10);
    long from = RANDOM.nextLong(-1L << RANDOM.nextInt(1, 44), 1L << RANDOM.nextInt(1, 44));
    long to = from + RANDOM.nextLong(1L << RANDOM.nextInt(1, 43));
    to = Math.min(to, 1L << 44);
    long one = 1 + RANDOM.nextLong(1L << RANDOM.nextInt(1, 43));
    long other = one + RANDOM.nextLong(1L << RANDOM.nextInt(1, 43));
    return switch (RANDOM.nextInt(9)) {
      case 0 -> DoubleParameter.of("float", low, high, Scale.LINEAR);
      case 1 -> DoubleParameter.of("log", tiny, wide, Scale.LOG);
      case 2 -> DoubleParameter.of("wide-log", 1e-300, 1e300, Scale.LOG);
      case 3 -> {
        double greatest = Math.max(high - low, Math.max(Math.abs(low), Math.abs(high)));
        double finest = greatest / (1L << RANDOM.nextInt(1, 48)) * RANDOM.nextDouble(1, 2);
        yield DoubleParameter.stepped("stepped", low, high, finest);
      }
      case 4 -> {
        double step = Math.pow(10, -RANDOM.nextInt(0, 6));
        yield DoubleParameter.stepped("decimal", 0, step * RANDOM.nextInt(1, 1000), step);
      }
      case 5 -> IntegerParameter.of("int", from, to, Scale.LINEAR);
      case 6 -> IntegerParameter.of("log-int", one, other, Scale.LOG);
      case 7 -> IntegerParameter.stepped("stepped-int", from, to, 1 + RANDOM.nextInt(1000));
      default -> OrdinalParameter.of("ordinal", 1, 2, 4, "x", true, 0.5);
    };
  }
}
