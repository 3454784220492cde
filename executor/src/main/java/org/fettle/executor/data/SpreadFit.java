package org.fettle.executor.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fettle.optimizers.network.Shape;

/**
 * Fits a {@link Preprocessing} to training rows that lie in chunks, in two passes: first what is
 * missing and which categories there are, then means and deviations. What chunks say is added up in
 * the order of their rows, so that it does not depend on where they lie. The numbers are those of
 * {@link Preprocessing#fit} but for rounding.
 */
public final class SpreadFit {

  private SpreadFit() {}

  /** What a chunk says in the first pass. */
  public static final class Counts implements Serializable {
    private static final long serialVersionUID = 1;
    private final int first;
    private final double[] sums;
    private final long[] present;
    private final boolean[][] seen;

    /** Of the rows among those that are here. */
    public Counts(Chunk chunk, RowSet rows) {
      List<Column> columns = chunk.table().columns();
      int[] here = chunk.within(rows);
      first = chunk.first();
      sums = new double[columns.size()];
      present = new long[columns.size()];
      seen = new boolean[columns.size()][];
      for (int i = 0; i < columns.size(); i++) {
        Column column = columns.get(i);
        seen[i] = new boolean[column instanceof Column.Categorical c ? c.categories().length : 0];
        for (int row : here) {
          if (!column.missing(row)) {
            present[i]++;
            if (column instanceof Column.Numeric numeric) {
              sums[i] += numeric.values()[row];
            } else if (column instanceof Column.Categorical categorical) {
              seen[i][categorical.codes()[row]] = true;
            }
          }
        }
      }
    }

    int first() {
      return first;
    }
  }

  /** What a chunk says in the second pass. */
  public static final class Sums implements Serializable {
    private static final long serialVersionUID = 1;
    private final int first;
    private final long[] counts;
    private final double[] sums;
    private final double[] squares;

    /** Of the rows among those that are here. */
    public Sums(Chunk chunk, RowSet rows, List<Encoder> encoders) {
      Table table = chunk.table();
      int[] here = chunk.within(rows);
      first = chunk.first();
      int columns = encoders.size();
      counts = new long[columns + 1];
      sums = new double[columns + 1];
      squares = new double[columns + 1];
      int[] lengths =
          table.shape().filter(Shape.Sequence.class::isInstance).isPresent()
              ? Preprocessing.lengths((Shape.Sequence) table.shape().get(), table.columns(), here)
              : new int[0];
      double[] cell = new double[1];
      for (int i = 0; i < columns; i++) {
        if (encoders.get(i) instanceof Encoder.Numeric numeric) {
          for (int at = 0; at < here.length; at++) {
            if (isThere(table, i, lengths, at)) {
              numeric.write(table.columns().get(i), here[at], cell, 0);
              add(i, cell[0] - numeric.mean());
            }
          }
        }
      }
      if (table.labels().isEmpty()) {
        for (int row : here) {
          add(columns, table.targets()[row]);
        }
      }
    }

    private static boolean isThere(Table table, int column, int[] lengths, int at) {
      return !(table.shape().isPresent() && table.shape().get() instanceof Shape.Sequence sequence)
          || column / sequence.features() < lengths[at];
    }

    private void add(int i, double value) {
      counts[i]++;
      sums[i] += value;
      squares[i] += value * value;
    }

    int first() {
      return first;
    }
  }

  /** The encoders of all columns. */
  public static List<Encoder> encoders(Table table, List<Counts> chunks) {
    List<Counts> ordered = new ArrayList<>(chunks);
    ordered.sort((one, other) -> Integer.compare(one.first(), other.first()));
    List<Encoder> encoders = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      Column.Elsewhere column = (Column.Elsewhere) table.columns().get(i);
      int at = i;
      if (column.categories().isEmpty()) {
        double sum = ordered.stream().mapToDouble(each -> each.sums[at]).sum();
        long present = ordered.stream().mapToLong(each -> each.present[at]).sum();
        encoders.add(new Encoder.Numeric(column.name(), present == 0 ? 0 : sum / present));
      } else {
        int categories = column.categories().get().size();
        boolean[] seen = new boolean[categories];
        for (int code = 0; code < categories; code++) {
          int each = code;
          seen[code] = ordered.stream().anyMatch(counts -> counts.seen[at][each]);
        }
        encoders.add(Encoder.oneHot(column.name(), column.categories().get(), seen));
      }
    }
    return List.copyOf(encoders);
  }

  /**
   * The preprocessing.
   *
   * @param table without the columns' values
   */
  public static Preprocessing preprocessing(
      Table table, List<Encoder> encoders, List<Sums> chunks) {
    List<Sums> ordered = new ArrayList<>(chunks);
    ordered.sort((one, other) -> Integer.compare(one.first(), other.first()));
    int columns = encoders.size();
    List<Moments> features = new ArrayList<>();
    Optional<Shape> shape = table.shape();
    if (shape.isPresent()) {
      Moments[] placed = new Moments[columns];
      int groups = shape.get().dimensions().get(shape.get() instanceof Shape.Image ? 0 : 1);
      for (int group = 0; group < groups; group++) {
        int[] members = Preprocessing.members(shape.get(), group);
        Moments moments = moments(ordered, members, encoders);
        for (int member : members) {
          placed[member] = moments;
        }
      }
      features.addAll(List.of(placed));
    } else {
      for (int i = 0; i < columns; i++) {
        Encoder encoder = encoders.get(i);
        features.addAll(
            encoder instanceof Encoder.Numeric
                ? List.of(moments(ordered, new int[] {i}, encoders))
                : Collections.nCopies(encoder.width(), Moments.UNSCALED));
      }
    }
    Optional<Moments> target =
        table.labels().isEmpty()
            ? Optional.of(moments(ordered, new int[] {columns}, encoders))
            : Optional.empty();
    return new Preprocessing(
        encoders,
        features.toArray(Moments[]::new),
        target,
        shape.orElseGet(() -> new Shape.Features(features.size())));
  }

  /** Of all values of some columns, whose sums are those of differences from the columns' means. */
  private static Moments moments(List<Sums> chunks, int[] members, List<Encoder> encoders) {
    long count = 0;
    double total = 0;
    for (int member : members) {
      for (Sums chunk : chunks) {
        count += chunk.counts[member];
        total += chunk.sums[member] + chunk.counts[member] * centre(encoders, member);
      }
    }
    double mean = total / count;
    double squares = 0;
    for (int member : members) {
      double off = centre(encoders, member) - mean;
      for (Sums chunk : chunks) {
        squares +=
            chunk.squares[member] + 2 * off * chunk.sums[member] + off * off * chunk.counts[member];
      }
    }
    return Moments.of(mean, Math.sqrt(Math.max(0, squares / count)));
  }

  private static double centre(List<Encoder> encoders, int member) {
    return member < encoders.size() && encoders.get(member) instanceof Encoder.Numeric numeric
        ? numeric.mean()
        : 0;
  }

  /** How wide a row of all categories becomes. */
  public static int widest(Table table) {
    return IntStream.range(0, table.columns().size())
        .map(
            i -> ((Column.Elsewhere) table.columns().get(i)).categories().map(List::size).orElse(1))
        .sum();
  }
}
