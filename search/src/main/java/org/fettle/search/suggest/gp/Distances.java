package org.fettle.search.suggest.gp;

import java.util.Arrays;
import java.util.List;

/**
 * Points whose distances to another point are wanted, kept column by column and already divided by
 * the length scales.
 */
final class Distances {

  private final boolean[] choice;
  private final double[] rates;
  private double[][] columns;
  private int size;

  Distances(Encoding encoding, Hyperparameters hyperparameters, int capacity) {
    List<Encoding.Column> described = encoding.columns();
    choice = new boolean[described.size()];
    rates = new double[described.size()];
    for (int c = 0; c < rates.length; c++) {
      choice[c] = described.get(c).kind() == Encoding.Kind.CHOICE;
      rates[c] = 1 / hyperparameters.lengthScales()[described.get(c).dimension()];
    }
    columns = new double[rates.length][Math.max(1, capacity)];
  }

  private Distances(Distances other) {
    choice = other.choice;
    rates = other.rates;
    columns = new double[other.columns.length][];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = other.columns[c].clone();
    }
    size = other.size;
  }

  Distances copy() {
    return new Distances(this);
  }

  int size() {
    return size;
  }

  void add(double[] features) {
    for (int c = 0; c < columns.length; c++) {
      if (size == columns[c].length) {
        columns[c] = Arrays.copyOf(columns[c], 2 * size);
      }
      columns[c][size] = scaled(c, features[c]);
    }
    size++;
  }

  /** A column's value in length scales; a choice stays the index that it is. */
  private double scaled(int column, double value) {
    return choice[column] ? value : value * rates[column];
  }

  /** Writes the squared distances from a point to the first {@code length} points. */
  void squares(double[] features, int length, double[] squares) {
    Arrays.fill(squares, 0, length, 0);
    for (int c = 0; c < columns.length; c++) {
      double[] column = columns[c];
      double place = scaled(c, features[c]);
      if (choice[c]) {
        double apart = rates[c] * rates[c];
        for (int j = 0; j < length; j++) {
          squares[j] += column[j] == place ? 0 : apart;
        }
      } else {
        for (int j = 0; j < length; j++) {
          double difference = place - column[j];
          squares[j] += difference * difference;
        }
      }
    }
  }

  /** Adds weights times one column's share of the squared distances from point {@code i}. */
  void addShare(int c, int i, double[] weights, double[] sums) {
    double[] column = columns[c];
    double place = column[i];
    if (choice[c]) {
      double apart = rates[c] * rates[c];
      for (int j = 0; j < i; j++) {
        sums[j] += column[j] == place ? 0 : weights[j] * apart;
      }
    } else {
      for (int j = 0; j < i; j++) {
        double difference = place - column[j];
        sums[j] += weights[j] * (difference * difference);
      }
    }
  }

  /**
   * Adds the gradient of a sum over the points of half the weighted squared distances, with the
   * sign turned: Σ weightⱼ·(xⱼ − x)/ℓ². A choice has none.
   */
  void addPull(double[] features, double[] weights, double[] gradient) {
    double total = 0;
    for (int j = 0; j < size; j++) {
      total += weights[j];
    }
    for (int c = 0; c < columns.length; c++) {
      if (!choice[c]) {
        double[] column = columns[c];
        double first = 0;
        double second = 0;
        int j = 0;
        for (; j + 1 < size; j += 2) {
          first += weights[j] * column[j];
          second += weights[j + 1] * column[j + 1];
        }
        for (; j < size; j++) {
          first += weights[j] * column[j];
        }
        gradient[c] += rates[c] * (first + second - scaled(c, features[c]) * total);
      }
    }
  }
}
