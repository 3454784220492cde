package org.fettle.search.suggest.evolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fettle.search.analysis.Losses;
import org.fettle.search.space.UnitCube;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.StudySpec;

/**
 * A completed trial in the eyes of evolution.
 *
 * @param genes its point in the unit cube, NaN where a parameter is inactive
 * @param violation how far it breaks the constraints, 0 if feasible
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and not kept
record Member(double[] genes, double[] losses, double violation) {

  /** The completed trials in the order of their ends. */
  static List<Member> of(History history) {
    StudySpec spec = history.spec();
    UnitCube cube = new UnitCube(spec.space());
    List<Member> members = new ArrayList<>();
    for (int number : history.ended()) {
      Optional<Measurement> end = history.trial(number).completed();
      if (end.isPresent()) {
        members.add(
            new Member(
                cube.encode(history.trial(number).assignment()),
                Losses.of(spec, end.get()),
                Losses.violation(spec, end.get())));
      }
    }
    return members;
  }
}
