package org.fettle.search.numeric;

import java.util.random.RandomGenerator;

/**
 * The standard normal distribution, exact to about 1e-15 relative also far out in the tails, and
 * the same to the last bit in every JVM.
 *
 * <p>W. J. Cody, <i>Rational Chebyshev Approximations for the Error Function</i>, Mathematics of
 * Computation 23, 1969. M. J. Wichura, <i>Algorithm AS 241: The Percentage Points of the Normal
 * Distribution</i>, Applied Statistics 37, 1988.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // coefficients as published
public final class NormalDistribution {

  private static final double LOG_SQRT_TWO_PI = 0.9189385332046727;
  private static final double SQRT_HALF_PI = 1.2533141373155003;
  private static final double INVERSE_SQRT_TWO_PI = 0.3989422804014327;
  private static final double SQRT_HALF = 0.7071067811865476;
  private static final double INVERSE_SQRT_PI = 0.5641895835477563;

  // Cody's coefficients, highest power first: erf to 0.46875, erfcx to 4, erfcx beyond.
  private static final double[] ERF_OVER = {
    1.85777706184603153e-1,
    3.16112374387056560,
    1.13864154151050156e2,
    3.77485237685302021e2,
    3.20937758913846947e3
  };
  private static final double[] ERF_UNDER = {
    1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3
  };
  private static final double[] MIDDLE_OVER = {
    2.15311535474403846e-8,
    5.64188496988670089e-1,
    8.88314979438837594,
    6.61191906371416295e1,
    2.98635138197400131e2,
    8.81952221241769090e2,
    1.71204761263407058e3,
    2.05107837782607147e3,
    1.23033935479799725e3
  };
  private static final double[] MIDDLE_UNDER = {
    1,
    1.57449261107098347e1,
    1.17693950891312499e2,
    5.37181101862009858e2,
    1.62138957456669019e3,
    3.29079923573345963e3,
    4.36261909014324716e3,
    3.43936767414372164e3,
    1.23033935480374942e3
  };
  private static final double[] FAR_OVER = {
    1.63153871373020978e-2,
    3.05326634961232344e-1,
    3.60344899949804439e-1,
    1.25781726111229246e-1,
    1.60837851487422766e-2,
    6.58749161529837803e-4
  };
  private static final double[] FAR_UNDER = {
    1,
    2.56852019228982242,
    1.87295284992346725,
    5.27905102951428412e-1,
    6.05183413124413191e-2,
    2.33520497626869185e-3
  };

  // Wichura's coefficients, highest power first: the centre, the tails, the far tails.
  private static final double[] CENTRE_OVER = {
    2509.0809287301226727,
    33430.575583588128105,
    67265.770927008700853,
    45921.953931549871457,
    13731.693765509461125,
    1971.5909503065514427,
    133.14166789178437745,
    3.3871328727963666080
  };
  private static final double[] CENTRE_UNDER = {
    5226.4952788528545610,
    28729.085735721942674,
    39307.895800092710610,
    21213.794301586595867,
    5394.1960214247511077,
    687.18700749205790830,
    42.313330701600911252,
    1
  };
  private static final double[] TAIL_OVER = {
    7.74545014278341407640e-4,
    0.0227238449892691845833,
    0.241780725177450611770,
    1.27045825245236838258,
    3.64784832476320460504,
    5.76949722146069140550,
    4.63033784615654529590,
    1.42343711074968357734
  };
  private static final double[] TAIL_UNDER = {
    1.05075007164441684324e-9,
    5.47593808499534494600e-4,
    0.0151986665636164571966,
    0.148103976427480074590,
    0.689767334985100004550,
    1.67638483018380384940,
    2.05319162663775882187,
    1
  };
  private static final double[] FAR_TAIL_OVER = {
    2.01033439929228813265e-7,
    2.71155556874348757815e-5,
    0.00124266094738807843860,
    0.0265321895265761230930,
    0.296560571828504891230,
    1.78482653991729133580,
    5.46378491116411436990,
    6.65790464350110377720
  };
  private static final double[] FAR_TAIL_UNDER = {
    2.04426310338993978564e-15,
    1.42151175831644588870e-7,
    1.84631831751005468180e-5,
    7.86869131145613259100e-4,
    0.0148753612908506148525,
    0.136929880922735805310,
    0.599832206555887937690,
    1
  };

  private NormalDistribution() {}

  public static double density(double z) {
    return INVERSE_SQRT_TWO_PI * StrictMath.exp(-0.5 * z * z);
  }

  public static double logDensity(double z) {
    return -0.5 * z * z - LOG_SQRT_TWO_PI;
  }

  /** The probability of a value up to {@code z}. */
  public static double cumulative(double z) {
    double scaled = SQRT_HALF * z;
    if (Math.abs(scaled) <= 0.46875) {
      return 0.5 + 0.5 * erf(scaled);
    }
    double tail = 0.5 * StrictMath.exp(-scaled * scaled) * tailOfErfcx(Math.abs(scaled));
    return z < 0 ? tail : 1 - tail;
  }

  /** The logarithm of {@link #cumulative}; finite for every finite {@code z}. */
  public static double logCumulative(double z) {
    if (z > -1) {
      return z > 0 ? StrictMath.log1p(-cumulative(-z)) : StrictMath.log(cumulative(z));
    }
    return logDensity(z) + StrictMath.log(millsRatio(z));
  }

  /** {@code cumulative(z) / density(z)}; for z to −∞ it nears 1/|z|. */
  public static double millsRatio(double z) {
    return SQRT_HALF_PI * erfcx(-SQRT_HALF * z);
  }

  /** The scaled complementary error function, exp(x²)·erfc(x); infinite far below zero. */
  public static double erfcx(double x) {
    double magnitude = Math.abs(x);
    if (magnitude <= 0.46875) {
      return StrictMath.exp(x * x) * (1 - erf(x));
    }
    double tail = tailOfErfcx(magnitude);
    return x > 0 ? tail : 2 * StrictMath.exp(x * x) - tail;
  }

  /** The value that a share {@code probability} in (0, 1) of all values does not pass. */
  public static double quantile(double probability) {
    if (!(probability > 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "Probability must be between 0 and 1, but was " + probability);
    }
    double offset = probability - 0.5;
    if (Math.abs(offset) <= 0.425) {
      double r = 0.180625 - offset * offset;
      return offset * polynomial(CENTRE_OVER, r) / polynomial(CENTRE_UNDER, r);
    }
    double r = Math.sqrt(-StrictMath.log(offset < 0 ? probability : 1 - probability));
    double magnitude =
        r <= 5
            ? polynomial(TAIL_OVER, r - 1.6) / polynomial(TAIL_UNDER, r - 1.6)
            : polynomial(FAR_TAIL_OVER, r - 5) / polynomial(FAR_TAIL_UNDER, r - 5);
    return offset < 0 ? -magnitude : magnitude;
  }

  /** A draw by the polar method of G. Marsaglia, T. A. Bray, 1964, doi:10.1137/1006063. */
  public static double draw(RandomGenerator random) {
    while (true) {
      double x = 2 * random.nextDouble() - 1;
      double y = 2 * random.nextDouble() - 1;
      double square = x * x + y * y;
      if (square > 0 && square < 1) {
        return x * Math.sqrt(-2 * StrictMath.log(square) / square);
      }
    }
  }

  private static double erf(double x) {
    return x * polynomial(ERF_OVER, x * x) / polynomial(ERF_UNDER, x * x);
  }

  private static double tailOfErfcx(double x) {
    if (x <= 4) {
      return polynomial(MIDDLE_OVER, x) / polynomial(MIDDLE_UNDER, x);
    }
    double square = 1 / (x * x);
    double ratio = square * polynomial(FAR_OVER, square) / polynomial(FAR_UNDER, square);
    return (INVERSE_SQRT_PI - ratio) / x;
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = coefficients[0];
    for (int i = 1; i < coefficients.length; i++) {
      sum = sum * x + coefficients[i];
    }
    return sum;
  }
}
