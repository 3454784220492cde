package org.fettle.search.suggest.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fettle.search.TestSeed;
import org.fettle.search.numeric.BoundedMinimizer;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.StudySpec;
import org.fettle.search.suggest.TestSpaces;
import org.fettle.search.suggest.random.RandomSuggester;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Analytic gradients against finite differences, on a space with conditions and choices. */
@ExtendWith(TestSeed.class)
final class GradientsTest {

  private static final double STEP = 1e-4;

  /** Of the five-point formula, whose error is of the fourth power of the step. */
  private static final double[] WEIGHTS = {1.0 / 12, -2.0 / 3, 0, 2.0 / 3, -1.0 / 12};

  private final RandomGenerator random = Seeds.generator(TestSeed.value(), 0, "gradients");
  private final Memory memory = memory();
  private final Encoding encoding = memory.encoding();
  private final double[][] features =
      java.util.stream.IntStream.range(0, 30).mapToObj(memory::features).toArray(double[][]::new);

  private Memory memory() {
    StudySpec spec = StudySpec.of(TestSpaces.conditional(), Goal.minimize("loss"), 1);
    History history = History.empty(spec);
    for (int i = 0; i < 30; i++) {
      history = history.started(RandomSuggester.draw(spec.space(), random).orElseThrow(), "test");
      history =
          history.ended(i, new Outcome.Completed(Measurement.of("loss", random.nextDouble())));
    }
    Memory filled = new Memory(spec);
    assertThat(filled.follow(history)).isTrue();
    return filled;
  }

  private double[] outputs() {
    return OutputWarp.standardized(random.doubles(30).toArray());
  }

  private Surrogate surrogate() {
    double[] scales = random.doubles(encoding.dimensions(), 0.3, 2).toArray();
    Surrogate surrogate = new Surrogate(encoding, new Hyperparameters(scales, 0.01));
    for (int i = 0; i < 25; i++) {
      surrogate.add(features[i]);
    }
    surrogate.observe(java.util.Arrays.copyOf(outputs(), 25));
    return surrogate;
  }

  @Test
  void evidenceByHyperparameters() {
    Evidence evidence = new Evidence(encoding, features, outputs(), Prior.forDimensions(10));
    double[] variables = random.doubles(evidence.variables(), -1, 1).toArray();
    variables[variables.length - 1] = -3;
    check(evidence, variables, 1e-4);
  }

  @Test
  void improvementByPlace() {
    check(new Improvement(surrogate(), -1, new double[1][0]));
  }

  @Test
  void improvementByPlaceBesidePendingPoints() {
    Surrogate surrogate = surrogate();
    surrogate.addPending(features[25]);
    surrogate.addPending(features[26]);
    check(new Improvement(surrogate, -1, new double[][] {{0.3, -1}, {-2, 0.4}, {1, 1.5}}));
  }

  @Test
  void feasibilityByPlace() {
    check(new Feasibility(surrogate(), 0.3));
    check(new Feasibility(surrogate(), -60));
  }

  @Test
  void hypervolumeByPlace() {
    List<double[]> front =
        List.of(new double[] {-1, 0.5, 0}, new double[] {0, -0.4, 0.3}, new double[] {0.5, 0, -1});
    Boxes boxes = Boxes.outside(front, new double[] {2, 2, 2});
    check(new HypervolumeImprovement(List.of(surrogate(), surrogate(), surrogate()), boxes));
  }

  private void check(Acquisition acquisition) {
    check(
        (point, gradient) -> {
          double worth = acquisition.at(point);
          java.util.Arrays.fill(gradient, 0);
          acquisition.addGradient(gradient);
          return worth;
        },
        features[28],
        1e-4);
  }

  private void check(BoundedMinimizer.Function function, double[] at, double tolerance) {
    double[] gradient = new double[at.length];
    double[] ignored = new double[at.length];
    function.at(at.clone(), gradient);
    for (int k = 0; k < at.length; k++) {
      double difference = 0;
      for (int i = 0; i < WEIGHTS.length; i++) {
        double[] moved = at.clone();
        moved[k] += STEP * (i - 2);
        difference += WEIGHTS[i] * function.at(moved, ignored) / STEP;
      }
      boolean choice =
          at.length == encoding.columns().size()
              && encoding.columns().get(k).kind() == Encoding.Kind.CHOICE;
      if (!choice) {
        assertThat(gradient[k])
            .as("by variable %d", k)
            .isCloseTo(difference, offset(tolerance * Math.max(1, Math.abs(difference))));
      }
    }
  }
}
