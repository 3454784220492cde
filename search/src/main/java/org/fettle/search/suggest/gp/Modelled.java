package org.fettle.search.suggest.gp;

import java.util.ArrayList;
import java.util.List;

/**
 * One output with its fitted surrogate.
 *
 * @param kept which of the rows the surrogate holds, in its order
 * @param outputs of the kept rows
 */
@SuppressWarnings("ArrayRecordComponent") // shared inside the package, never changed
record Modelled(Rows rows, List<Integer> kept, double[] outputs, Surrogate surrogate) {

  /**
   * The model of an output. The memory saves work and changes nothing.
   *
   * @param name sets the output apart from all others of the study
   */
  @SuppressWarnings("ReferenceEquality") // another fit, though equal, may hold other rows
  static Modelled of(String name, Rows rows, Memory memory, GpSettings settings) {
    Fit fit = new Fit(memory.encoding(), rows, memory.fits(name), settings.fitRows());
    int milestone = Fit.milestone(rows.size());
    Hyperparameters hyperparameters = fit.at(milestone);
    // Which rows are kept changes at milestones alone, so that between them the factor only grows.
    List<Integer> kept = new ArrayList<>(Fit.chosen(rows.outputs(milestone), settings.modelRows()));
    for (int i = milestone; i < rows.size(); i++) {
      kept.add(i);
    }
    Surrogate grown = memory.surrogates().get(name);
    if (grown == null || grown.hyperparameters() != hyperparameters) {
      grown = new Surrogate(memory.encoding(), hyperparameters);
    }
    for (int i = grown.size(); i < kept.size(); i++) {
      grown.add(rows.features(kept.get(i)));
    }
    memory.surrogates().put(name, grown);
    double[] all = rows.outputs(rows.size());
    double[] outputs = kept.stream().mapToDouble(i -> all[i]).toArray();
    Surrogate surrogate = grown.copy();
    surrogate.observe(outputs);
    return new Modelled(rows, List.copyOf(kept), outputs, surrogate);
  }

  /** The variance of the expected outputs, of which the outputs have about 1. */
  double explained() {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < outputs.length; i++) {
      double expected = surrogate.smoothed(i);
      sum += expected;
      squares += expected * expected;
    }
    return squares / outputs.length - sum * sum / outputs.length / outputs.length;
  }

  /** The loss of a kept row. */
  double loss(int i) {
    return rows.value(kept.get(i));
  }
}
