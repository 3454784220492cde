package org.fettle.search.suggest.gp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;

/**
 * What one call of the suggester leaves for the next: nothing that the history does not determine.
 * It holds for histories that go on from the one it was made with, which is checked trial by trial,
 * and is thrown away for any other.
 */
final class Memory {

  private final StudySpec spec;
  private final Encoding encoding;
  private final List<Trial> ended = new ArrayList<>();
  private final List<double[]> features = new ArrayList<>();
  private final Map<String, Map<Integer, Hyperparameters>> fits = new HashMap<>();
  private final Map<String, Surrogate> surrogates = new HashMap<>();

  Memory(StudySpec spec) {
    this.spec = spec;
    this.encoding = new Encoding(spec.space());
  }

  /** Takes in the trials that ended since; false where the history is not a continuation. */
  @SuppressWarnings(
      "ReferenceEquality") // a continuation shares what it continues; equal is not needed
  boolean follow(History history) {
    if (history.spec() != spec || history.ended().size() < ended.size()) {
      return false;
    }
    for (int i = 0; i < ended.size(); i++) {
      if (history.trial(history.ended().get(i)) != ended.get(i)) {
        return false;
      }
    }
    for (int i = ended.size(); i < history.ended().size(); i++) {
      Trial trial = history.trial(history.ended().get(i));
      ended.add(trial);
      features.add(encoding.features(encoding.point(trial.assignment())));
    }
    return true;
  }

  Encoding encoding() {
    return encoding;
  }

  /** The trials that ended, in that order. */
  List<Trial> ended() {
    return ended;
  }

  /** The columns of the trial that ended as the {@code i}-th. */
  double[] features(int i) {
    return features.get(i);
  }

  /** The fits of one output by the number of rows they were made with. */
  Map<Integer, Hyperparameters> fits(String output) {
    return fits.computeIfAbsent(output, name -> new HashMap<>());
  }

  /** The latest surrogates, without pending points, by output. */
  Map<String, Surrogate> surrogates() {
    return surrogates;
  }
}
