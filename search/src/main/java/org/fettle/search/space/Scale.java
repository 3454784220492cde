package org.fettle.search.space;

/** On which scale equal distances of a numeric parameter count the same. */
public enum Scale {
  LINEAR {
    @Override
    double forward(double value) {
      return value;
    }

    @Override
    double backward(double scaled) {
      return scaled;
    }
  },
  LOG {
    @Override
    double forward(double value) {
      return StrictMath.log(value);
    }

    @Override
    double backward(double scaled) {
      return StrictMath.exp(scaled);
    }
  };

  // StrictMath, since a suggestion must be the same to the last bit on every JVM.
  abstract double forward(double value);

  abstract double backward(double scaled);
}
