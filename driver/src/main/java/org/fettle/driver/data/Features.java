package org.fettle.driver.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.fettle.driver.job.DataSpec;
import org.fettle.driver.job.Problems;
import org.fettle.driver.job.ValidationSpec;
import org.fettle.search.settings.NearMatch;

/**
 * Which columns of the data are features, and which is the target.
 *
 * @param columns the names to read, without the target
 * @param builders one for each column; none for a vector, whose size is not known yet
 */
record Features(List<String> columns, List<ColumnBuilder> builders, String target) {

  private static final String LIBSVM_FEATURES = "features";
  private static final String LIBSVM_LABEL = "label";

  boolean isVector() {
    return builders.isEmpty();
  }

  /** The column of a vector. */
  String vector() {
    return columns.get(0);
  }

  /**
   * Tells the columns apart.
   *
   * @param dividing a column that divides the rows, and is no feature
   */
  static Optional<Features> of(
      DataSpec spec,
      Optional<ValidationSpec.Column> dividing,
      StructType schema,
      Problems problems) {
    if (spec.format() == DataSpec.Format.LIBSVM) {
      dividing.ifPresent(
          column ->
              problems.add(path(column), "must be left out for libsvm, which has no column names"));
      return Optional.of(new Features(List.of(LIBSVM_FEATURES), List.of(), LIBSVM_LABEL));
    }
    String target = spec.target().orElseThrow();
    Set<String> names = new LinkedHashSet<>(Arrays.asList(schema.fieldNames()));
    List<String> wrong = new ArrayList<>();
    check("data.target", target, names, problems, wrong);
    checkAll("data.categorical", spec.categorical(), names, problems, wrong);
    checkAll("data.ignore", spec.ignore(), names, problems, wrong);
    dividing.ifPresent(
        column -> {
          check(path(column), column.name(), names, problems, wrong);
          if (column.name().equals(target)) {
            problems.add(path(column), target, "must not be the target");
            wrong.add(path(column));
          }
        });
    List<String> columns = new ArrayList<>();
    List<ColumnBuilder> builders = new ArrayList<>();
    for (StructField field : schema.fields()) {
      String name = field.name();
      boolean divides = dividing.map(column -> column.name().equals(name)).orElse(false);
      if (!name.equals(target) && !divides && !spec.ignore().contains(name)) {
        columns.add(name);
        builder(field, spec.categorical().contains(name), problems, wrong).ifPresent(builders::add);
      }
    }
    if (columns.isEmpty()) {
      problems.add("data.source", "must have a column to learn from, but has only " + names);
      wrong.add("columns");
    }
    return wrong.isEmpty()
        ? Optional.of(new Features(columns, builders, target))
        : Optional.empty();
  }

  private static String path(ValidationSpec.Column column) {
    return "validation." + column.key();
  }

  private static void checkAll(
      String path, List<String> given, Set<String> names, Problems problems, List<String> wrong) {
    for (int i = 0; i < given.size(); i++) {
      check(path + "[" + i + "]", given.get(i), names, problems, wrong);
    }
  }

  private static void check(
      String path, String name, Set<String> names, Problems problems, List<String> wrong) {
    if (!names.contains(name)) {
      problems.add(path, name, "must be a column of the data", hint(name, names));
      wrong.add(path);
    }
  }

  private static String hint(String name, Set<String> names) {
    return NearMatch.of(name, names)
        .map(near -> "did you mean " + near + "?")
        .orElseGet(
            () ->
                "columns: "
                    + names.stream().limit(20).collect(Collectors.joining(", "))
                    + (names.size() > 20 ? ", …" : ""));
  }

  private static Optional<ColumnBuilder> builder(
      StructField field, boolean categorical, Problems problems, List<String> wrong) {
    DataType type = field.dataType();
    boolean number = type instanceof NumericType || type instanceof BooleanType;
    if (type instanceof StringType || (number && categorical)) {
      return Optional.of(ColumnBuilder.text(field.name()));
    }
    if (number) {
      return Optional.of(ColumnBuilder.numeric(field.name()));
    }
    problems.add(
        "data.source",
        field.name() + ": " + type.simpleString(),
        "must have columns of numbers, text or true and false",
        "list " + field.name() + " under data.ignore");
    wrong.add(field.name());
    return Optional.empty();
  }
}
