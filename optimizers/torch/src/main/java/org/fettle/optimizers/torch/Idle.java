package org.fettle.optimizers.torch;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** Models that have no rows in a step which others take, as they were before it. */
record Idle(Tensor which, List<Tensor> changed, List<Tensor> before) {

  /** Copies all of them that a step may change. */
  static Optional<Idle> of(List<Integer> models, Descents descents, Place place) {
    if (models.isEmpty()) {
      return Optional.empty();
    }
    Tensor which = place.longs(models.stream().mapToLong(model -> model).toArray(), models.size());
    List<Tensor> changed = descents.changed();
    return Optional.of(
        new Idle(which, changed, changed.stream().map(all -> all.index_select(0, which)).toList()));
  }

  void restore() {
    for (int i = 0; i < before.size(); i++) {
      changed.get(i).index_copy_(0, which, before.get(i));
    }
  }
}
