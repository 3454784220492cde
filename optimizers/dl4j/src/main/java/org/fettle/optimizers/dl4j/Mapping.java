package org.fettle.optimizers.dl4j;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fettle.optimizers.dl4j.Translation.Source;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where a network's own parameters lie among those of Deeplearning4j, which has others in between
 * that never change.
 */
final class Mapping {

  private static final int FIXED = -1;
  private static final int UNKNOWN = -2;

  /** Numbers that lie together in both. */
  private record Run(int from, int to, int length) {}

  private final List<Run> runs = new ArrayList<>();
  private final float[] fixed;

  private Mapping(int[] own, float[] fixed) {
    this.fixed = fixed;
    int at = 0;
    while (at < own.length) {
      int end = at + 1;
      while (end < own.length && own[at] >= 0 && own[end] == own[end - 1] + 1) {
        end++;
      }
      if (own[at] >= 0) {
        runs.add(new Run(own[at], at, end - at));
      }
      at = end;
    }
  }

  /** That of a network by the tables of parameters that have been made of some pieces, in order. */
  static Mapping of(
      List<Translation.Piece> pieces, List<Map<String, INDArray>> tables, int parameters) {
    int[] own = new int[parameters];
    float[] fixed = new float[parameters];
    Arrays.fill(own, UNKNOWN);
    for (int i = 0; i < tables.size(); i++) {
      Map<String, INDArray> table = tables.get(i);
      pieces
          .get(i)
          .parameters()
          .forEach(
              (name, source) -> put(source, requireNonNull(table.get(name), name), own, fixed));
    }
    if (Arrays.stream(own).anyMatch(each -> each == UNKNOWN)) {
      throw new IllegalStateException("Every parameter must have a source, but one had none");
    }
    return new Mapping(own, fixed);
  }

  private static void put(Source source, INDArray parameter, int[] own, float[] fixed) {
    int at = (int) parameter.offset();
    char order = parameter.ordering();
    if (source instanceof Source.Own from) {
      int[] indices = from.indices().reshape(parameter.shape()).dup(order).data().asInt();
      System.arraycopy(indices, 0, own, at, indices.length);
    } else if (source instanceof Source.Fixed from) {
      float[] values = from.values().reshape(parameter.shape()).dup(order).data().asFloat();
      System.arraycopy(values, 0, fixed, at, values.length);
      Arrays.fill(own, at, at + values.length, FIXED);
    }
  }

  /** All of Deeplearning4j's, of the network's own. */
  float[] toDeeplearning4j(float[] values) {
    float[] all = fixed.clone();
    toDeeplearning4j(values, all);
    return all;
  }

  /** Copies the network's own into an array that already has the fixed ones. */
  void toDeeplearning4j(float[] values, float[] all) {
    for (Run run : runs) {
      System.arraycopy(values, run.from(), all, run.to(), run.length());
    }
  }

  /** The network's own, of all of Deeplearning4j's. */
  void toOwn(float[] all, float[] values) {
    for (Run run : runs) {
      System.arraycopy(all, run.to(), values, run.from(), run.length());
    }
  }
}
