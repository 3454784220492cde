package org.fettle.search.suggest.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fettle.search.TestSeed;
import org.fettle.search.numeric.TruncatedNormal;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Condition;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSeed.class)
class MixtureTest {

  private static final double NONE = Double.NaN;

  private static final Dimension REAL =
      new Dimension(DoubleParameter.of("rate", 0, 1, Scale.LINEAR));
  private static final Dimension COUNT =
      new Dimension(IntegerParameter.of("layers", 1, 5, Scale.LOG));
  private static final Dimension CHOICE =
      new Dimension(CategoricalParameter.of("optimizer", "sgd", "adam", "lion"));
  private static final Dimension CHILD =
      new Dimension(
          DoubleParameter.of("momentum", 0, 1, Scale.LINEAR)
              .when(Condition.oneOf("optimizer", "sgd")));

  /** Points 0.2 and 0.6, σ = 0.1: N(0.2; 0.2, 0.1) = 3.98942, 0.97725 of it within [0, 1]. */
  @Test
  void densityIsTheWeightedSumOfKernelsAndPrior() {
    Kernels kernels = new RealKernels(new double[] {0.2, 0.6}, 0.1);
    Mixture mixture = new Mixture(new int[] {0}, new Kernels[] {kernels}, new double[] {2, 1, 1});
    double near = 3.989422804014327 / 0.9772498680518208;
    double far = 3.989422804014327 * StrictMath.exp(-8) / 0.9999683287581669;
    double[] logs = mixture.logs(new double[][] {{0.2}});
    assertThat(StrictMath.exp(logs[0])).isCloseTo(0.5 * near + 0.25 * far + 0.25, within(1e-7));
  }

  /** Two choices of three with even weight ½: own (1 + ½) / 2½ = 0.6, others 0.2. */
  @Test
  void choicesShareWhatTheTrialsOwnChoiceLeaves() {
    Kernels kernels = CellKernels.unordered(CHOICE, new double[] {0.5 / 3, 2.5 / 3}, 0.5);
    Mixture mixture = new Mixture(new int[] {0}, new Kernels[] {kernels}, new double[] {1, 1, 2});
    double[] logs = mixture.logs(new double[][] {{0.5 / 3}, {0.5}, {2.5 / 3}});
    double third = 1.0 / 3;
    assertThat(StrictMath.exp(logs[0]) * third).isCloseTo(0.2 + 0.5 * third, within(1e-8));
    assertThat(StrictMath.exp(logs[1]) * third).isCloseTo(0.1 + 0.5 * third, within(1e-8));
    assertThat(StrictMath.exp(logs[2]) * third).isCloseTo(0.2 + 0.5 * third, within(1e-8));
  }

  @Test
  void cellsOfOneKernelSumToOne() {
    CellKernels kernels = CellKernels.ordered(COUNT, new double[] {COUNT.middle(1)}, 0.15);
    double sum = 0;
    for (int cell = 0; cell < COUNT.cells(); cell++) {
      double[][] sums = {{0}};
      kernels.addLogs(new double[] {COUNT.middle(cell)}, 0, 1, sums);
      double log = sums[0][0];
      double share =
          TruncatedNormal.between(COUNT.middle(1), 0.15, COUNT.from(cell), COUNT.to(cell));
      assertThat(StrictMath.exp(log) * COUNT.width(cell)).isCloseTo(share, within(1e-11));
      sum += StrictMath.exp(log) * COUNT.width(cell);
    }
    assertThat(sum).isCloseTo(1, within(1e-10));
  }

  /** More products than a tile holds, with trials that lack the child. */
  @Test
  void agreesWithTheObviousSum() {
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    int trials = 1_500;
    double[][] columns = new double[4][trials];
    for (int i = 0; i < trials; i++) {
      columns[0][i] = random.nextDouble();
      columns[1][i] = COUNT.middle(random.nextInt(5));
      columns[2][i] = CHOICE.middle(random.nextInt(3));
      columns[3][i] = columns[2][i] < 0.3 ? random.nextDouble() : NONE;
    }
    double[] weights = random.doubles(trials + 1, 0.1, 2).toArray();
    Mixture mixture =
        new Mixture(
            new int[] {0, 1, 2, 3},
            new Kernels[] {
              new RealKernels(columns[0], 0.07),
              CellKernels.ordered(COUNT, columns[1], 0.2),
              CellKernels.unordered(CHOICE, columns[2], 0.25),
              new PartialKernels(columns[3], 0.05)
            },
            weights);
    double[][] points = {
      {0.4, COUNT.middle(2), CHOICE.middle(0), 0.9}, {0.01, COUNT.middle(4), CHOICE.middle(1), NONE}
    };
    double[] logs = mixture.logs(points);
    for (int p = 0; p < points.length; p++) {
      double sum = weights[trials];
      for (int i = 0; i < trials; i++) {
        sum += weights[i] * product(points[p], columns, i);
      }
      double expected = sum / Arrays.stream(weights).sum();
      assertThat(StrictMath.exp(logs[p])).isCloseTo(expected, within(1e-7 * expected));
    }
  }

  private static double product(double[] point, double[][] columns, int trial) {
    double real = TruncatedNormal.density(columns[0][trial], 0.07, point[0]);
    int cell = COUNT.cell(point[1]);
    double count =
        TruncatedNormal.between(columns[1][trial], 0.2, COUNT.from(cell), COUNT.to(cell))
            / COUNT.width(cell);
    double choice = (point[2] == columns[2][trial] ? 1.25 : 0.25) / 1.75 * 3;
    boolean both = !Double.isNaN(point[3]) && !Double.isNaN(columns[3][trial]);
    double child = both ? TruncatedNormal.density(columns[3][trial], 0.05, point[3]) : 1;
    return real * count * choice * child;
  }

  /** χ² with 9 degrees of freedom, 20,000 draws in ten cells, α = 0.001: 27.88. */
  @Test
  void drawsFollowTheDensity() {
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    Kernels kernels = new PartialKernels(new double[] {0.1, NONE, 0.75}, 0.12);
    Mixture mixture =
        new Mixture(new int[] {0}, new Kernels[] {kernels}, new double[] {3, 1, 2, 2});
    int[] counts = new int[10];
    int draws = 20_000;
    for (int i = 0; i < draws; i++) {
      int product = mixture.pick(random.nextDouble());
      counts[(int) (10 * mixture.draw(product, 0, random.nextDouble()))]++;
    }
    double statistic = 0;
    for (int cell = 0; cell < 10; cell++) {
      double from = cell / 10.0;
      double share =
          3.0 / 8 * TruncatedNormal.between(0.1, 0.12, from, from + 0.1)
              + 2.0 / 8 * TruncatedNormal.between(0.75, 0.12, from, from + 0.1)
              + 3.0 / 8 * 0.1;
      statistic += Math.pow(counts[cell] - draws * share, 2) / (draws * share);
    }
    assertThat(statistic).isLessThan(27.88);
  }

  /** Of 0.2 and 0.4 with one uniform point: √((0.01 + 0.01 + 1/12) / 3) · 2^(−1/5). */
  @Test
  void bandwidthIsScottsRuleWithAUniformPoint() {
    Bandwidth bandwidth = new Bandwidth(1, 1, 0.01);
    assertThat(bandwidth.deviation(new double[] {0.2, NONE, 0.4}))
        .isCloseTo(0.185592 * 0.870551, within(1e-6));
    assertThat(bandwidth.deviation(new double[0])).isCloseTo(0.288675, within(1e-6));
    assertThat(new Bandwidth(1e-9, 1, 0.01).deviation(new double[] {0.5})).isEqualTo(0.01);
  }
}
