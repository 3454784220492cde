package org.fettle.search.suggest.gp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.fettle.search.study.Trial;

/**
 * One quantity that is modelled: which of the trials that ended have it, and how large it is.
 *
 * @param name apart from all others of the study
 * @param rows the trials that count
 * @param value of a trial that counts; smaller is better
 */
record Output(
    String name, Predicate<Trial> rows, ToDoubleFunction<Trial> value, OutputWarp warp) {

  /**
   * A surrogate with what it was told.
   *
   * @param outputs the warped outputs, row by row
   * @param trials the rows' trials
   */
  @SuppressWarnings("ArrayRecordComponent") // shared inside the package, never changed
  record Modelled(Surrogate surrogate, double[] outputs, List<Trial> trials) {}

  /** The surrogate of the trials so far; the memory saves work and changes nothing. */
  Modelled model(Memory memory, GpSettings settings) {
    List<Trial> trials = new ArrayList<>();
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < memory.ended().size(); i++) {
      if (rows.test(memory.ended().get(i))) {
        trials.add(memory.ended().get(i));
        points.add(memory.features(i));
      }
    }
    double[][] features = points.toArray(double[][]::new);
    double[] raw = trials.stream().mapToDouble(value).toArray();
    Map<Integer, Hyperparameters> known = memory.fits(name);
    Fit fit = new Fit(memory.encoding(), features, raw, warp, known, settings.fitRows());
    int milestone = Fit.milestone(raw.length);
    Hyperparameters hyperparameters = fit.at(milestone);
    // Which rows the model keeps changes at milestones alone, so that between them it only grows.
    List<Integer> kept =
        new ArrayList<>(Fit.chosen(Arrays.copyOf(raw, milestone), settings.modelRows()));
    for (int i = milestone; i < raw.length; i++) {
      kept.add(i);
    }
    Surrogate grown = memory.surrogates().get(name);
    if (grown == null || grown.hyperparameters() != hyperparameters) {
      grown = new Surrogate(memory.encoding(), hyperparameters);
    }
    for (int i = grown.size(); i < kept.size(); i++) {
      grown.add(features[kept.get(i)]);
    }
    memory.surrogates().put(name, grown);
    double[] warped = warp.warped(raw);
    double[] outputs = kept.stream().mapToDouble(i -> warped[i]).toArray();
    Surrogate surrogate = grown.copy();
    surrogate.observe(outputs);
    return new Modelled(surrogate, outputs, kept.stream().map(trials::get).toList());
  }
}
