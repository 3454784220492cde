package org.fettle.search.suggest.warmstart;

/** A line from an earlier study's scores to a new study's losses. */
record Line(double base, double slope) {

  double at(double score) {
    return base + slope * score;
  }

  /**
   * The line through predicted scores and losses by least squares, drawn towards the slope that
   * scores of the losses' own spread would have, as by one more trial. It always ascends: where the
   * trials say otherwise, or there are too few to say, that slope stands alone.
   */
  static Line through(double[] predicted, double[] losses) {
    int n = losses.length;
    if (n == 0) {
      return new Line(0, 1);
    }
    double score = 0;
    double loss = 0;
    for (int i = 0; i < n; i++) {
      score += predicted[i] / n;
      loss += losses[i] / n;
    }
    double both = 0;
    double squares = 0;
    double spread = 0;
    for (int i = 0; i < n; i++) {
      both += (predicted[i] - score) * (losses[i] - loss);
      squares += (predicted[i] - score) * (predicted[i] - score);
      spread += (losses[i] - loss) * (losses[i] - loss) / n;
    }
    double prior = spread > 0 ? Math.sqrt(spread) : 1;
    double slope = (both + prior) / (squares + 1);
    double ascending = slope > 0 ? slope : prior;
    return new Line(loss - ascending * score, ascending);
  }
}
