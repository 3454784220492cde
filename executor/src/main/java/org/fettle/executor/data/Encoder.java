package org.fettle.executor.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One column's part of the feature vector, fitted on training rows alone: nothing of a validation
 * row reaches it.
 */
public sealed interface Encoder extends Serializable {

  /** How many features the column becomes. */
  int width();

  /** Writes the features of one row, before scaling. */
  void write(Column column, int row, double[] features, int at);

  /** The raw column in words a program can read, for the model's schema. */
  Map<String, Object> describe();

  /** Fits the encoder of a column on the given rows. */
  static Encoder fit(Column column, int[] rows) {
    if (column instanceof Column.Numeric numeric) {
      return fit(numeric, rows);
    }
    if (column instanceof Column.Categorical categorical) {
      return fit(categorical, rows);
    }
    throw new IllegalStateException("Column " + column.name() + " lies elsewhere");
  }

  private static Numeric fit(Column.Numeric column, int[] rows) {
    double[] present =
        Arrays.stream(rows)
            .filter(row -> !column.missing(row))
            .mapToDouble(row -> column.values()[row])
            .toArray();
    return new Numeric(column.name(), present.length == 0 ? 0 : Moments.of(present).mean());
  }

  private static OneHot fit(Column.Categorical column, int[] rows) {
    boolean[] seen = new boolean[column.categories().length];
    for (int row : rows) {
      if (!column.missing(row)) {
        seen[column.codes()[row]] = true;
      }
    }
    return oneHot(column.name(), List.of(column.categories()), seen);
  }

  /** An encoder of those categories that training rows have. */
  static OneHot oneHot(String name, List<String> all, boolean[] seen) {
    List<String> categories = new ArrayList<>();
    int[] place = new int[seen.length];
    for (int code = 0; code < seen.length; code++) {
      place[code] = seen[code] ? categories.size() : -1;
      if (seen[code]) {
        categories.add(all.get(code));
      }
    }
    return new OneHot(name, List.copyOf(categories), place);
  }

  private static Map<String, Object> description(
      String name, String kind, String key, Object value) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("name", name);
    description.put("kind", kind);
    description.put(key, value);
    return description;
  }

  /**
   * A number as it is.
   *
   * @param mean of the training rows, which stands in for a missing value
   */
  record Numeric(String name, double mean) implements Encoder {
    @Override
    public int width() {
      return 1;
    }

    @Override
    public void write(Column column, int row, double[] features, int at) {
      features[at] = column.missing(row) ? mean : ((Column.Numeric) column).values()[row];
    }

    @Override
    public Map<String, Object> describe() {
      return description(name, "numeric", "missing", mean);
    }
  }

  /**
   * A one for the row's category. Missing values and categories that no training row had are all
   * zeros.
   *
   * @param place the feature of each code of the raw column, −1 where there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by no one
  record OneHot(String name, List<String> categories, int[] place) implements Encoder {
    @Override
    public int width() {
      return categories.size();
    }

    @Override
    public void write(Column column, int row, double[] features, int at) {
      int code = ((Column.Categorical) column).codes()[row];
      if (code >= 0 && place[code] >= 0) {
        features[at + place[code]] = 1;
      }
    }

    @Override
    public Map<String, Object> describe() {
      return description(name, "one-hot", "categories", categories);
    }
  }
}
