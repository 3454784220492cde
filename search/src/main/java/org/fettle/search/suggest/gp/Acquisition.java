package org.fettle.search.suggest.gp;

/** What a point is worth evaluating for, on a log scale; larger is better. Holds its last point. */
interface Acquisition {

  /** The worth of a point, given by its columns. */
  double at(double[] features);

  /** Adds the gradient at the last point. */
  void addGradient(double[] gradient);

  /** The sum of several, that is, the product of what they are logarithms of. */
  static Acquisition sum(java.util.List<Acquisition> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    return new Acquisition() {
      @Override
      public double at(double[] features) {
        double sum = 0;
        for (Acquisition part : parts) {
          sum += part.at(features);
        }
        return sum;
      }

      @Override
      public void addGradient(double[] gradient) {
        parts.forEach(part -> part.addGradient(gradient));
      }
    };
  }
}
