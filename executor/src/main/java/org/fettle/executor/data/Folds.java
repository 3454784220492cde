package org.fettle.executor.data;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.fettle.search.numeric.Seeds;

/**
 * Which rows each run of a trial trains on and which it is judged by, and which rows no trial sees.
 * Fixed for the study and shared by all its trials, so that scores can be compared fold by fold.
 *
 * <p>Plain arrays of bits, row by row, since Spark's own Kryo cannot write everything.
 */
public final class Folds implements Serializable {

  private static final long serialVersionUID = 1;

  private final int rows;
  private final long[][] training;
  private final long[][] validation;
  private final long[] refit;
  private final long[] test;
  private final Ties.Kind ties;
  private final int[] codes;

  private Folds(int rows, List<Split> splits, Split refit, Ties ties) {
    this.ties = ties.kind();
    this.codes = ties.codes();
    this.rows = rows;
    this.training = splits.stream().map(split -> bits(split.training())).toArray(long[][]::new);
    this.validation = splits.stream().map(split -> bits(split.validation())).toArray(long[][]::new);
    this.refit = bits(refit.training());
    this.test = bits(refit.validation());
  }

  private static long[] bits(int[] rows) {
    BitSet bits = new BitSet();
    for (int row : rows) {
      bits.set(row);
    }
    return bits.toLongArray();
  }

  private static int[] rows(long[] bits) {
    return BitSet.valueOf(bits).stream().toArray();
  }

  /**
   * Divides rows.
   *
   * @param repeats how often, each time by another draw
   * @param test the part of the rows that is taken out before, which no trial sees
   * @param seed of the study
   * @throws SplitException where the rows cannot be divided so
   */
  public static Folds of(
      Splitter splitter, Keys keys, int repeats, OptionalDouble test, long seed) {
    int[] all = IntStream.range(0, keys.rows()).toArray();
    Split refit = new Split(all, new int[0]);
    if (test.isPresent()) {
      long drawn = Seeds.derive(seed, 0, "test rows");
      refit = splitter.holdOut(test.getAsDouble()).split(all, keys, drawn).get(0);
    }
    List<Split> splits = new ArrayList<>();
    for (int repeat = 0; repeat < repeats; repeat++) {
      long drawn = Seeds.derive(seed, repeat, "folds");
      splits.addAll(splitter.split(refit.training(), keys, drawn));
    }
    Ties.Kind kind = splitter.ties();
    return new Folds(keys.rows(), splits, refit, new Ties(kind, codes(kind, keys, all)));
  }

  /** Rows are in order of time where no column says their times. */
  private static int[] codes(Ties.Kind kind, Keys keys, int[] all) {
    if (kind == Ties.Kind.TIME && keys.codes().length == 0) {
      return all;
    }
    return kind == Ties.Kind.NONE ? new int[0] : keys.codes();
  }

  /** How many runs a trial has. */
  public int count() {
    return validation.length;
  }

  public int rows() {
    return rows;
  }

  /** The rows that a run trains on, ascending. */
  public int[] training(int fold) {
    requireFold(fold);
    return rows(training[fold]);
  }

  /** What keeps the rows together that a run trains on. */
  public Ties ties(int fold) {
    return new Ties(ties, codes).of(training(fold));
  }

  /** The rows that a run is judged by, ascending. */
  public int[] validation(int fold) {
    requireFold(fold);
    return rows(validation[fold]);
  }

  /** The rows that the final model trains on, ascending: all but the test rows. */
  public int[] refit() {
    return rows(refit);
  }

  /** The rows that no trial sees, ascending; often none. */
  public int[] test() {
    return rows(test);
  }

  /** SHA-256 over every run's rows and the test rows: equal folds have equal digests. */
  public String digest() {
    return Sha256.of(
        out -> {
          out.writeInt(rows);
          out.writeInt(count());
          for (int fold = 0; fold < count(); fold++) {
            write(training[fold], out);
            write(validation[fold], out);
          }
          write(refit, out);
          write(test, out);
        });
  }

  private static void write(long[] bits, DataOutputStream out) throws IOException {
    out.writeInt(bits.length);
    for (long word : bits) {
      out.writeLong(word);
    }
  }

  private void requireFold(int fold) {
    if (fold < 0 || fold >= count()) {
      throw new IllegalArgumentException(
          "Fold must be from 0 to " + (count() - 1) + ", but was " + fold);
    }
  }
}
