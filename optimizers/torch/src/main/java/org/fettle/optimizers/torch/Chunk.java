package org.fettle.optimizers.torch;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.fettle.optimizers.loop.Epoch;
import org.fettle.optimizers.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Some steps of several models, with all that they need where it is computed with: rows in their
 * order, noise, dropout and the coefficients of updaters. So nothing is fetched within them.
 *
 * <p>Either all models have as many rows in all steps, or it is one step, filled up with rows that
 * do not count.
 */
final class Chunk implements AutoCloseable {

  private final List<Member> members;
  private final long first;
  private final int steps;
  private final int size;
  private final boolean ragged;
  private final boolean image;
  private final Held held = new Held();
  private final Tensor features;
  private final Tensor targets;
  private final @Nullable Tensor lengths;
  private final @Nullable Tensor stepsThere;
  private final @Nullable Tensor rowsThere;
  private final @Nullable Tensor weights;
  private final @Nullable Tensor[] dropouts;
  private final Tensor scales;
  private final Tensor coefficients;

  /**
   * Gathers steps.
   *
   * @param first number of the first in its epoch
   */
  Chunk(Group group, List<Epoch> epochs, List<Draws> draws, long first, int steps, boolean ragged) {
    this.members = group.members();
    this.first = first;
    this.steps = steps;
    this.ragged = ragged;
    this.size = members.stream().mapToInt(member -> member.rows(first)).max().orElseThrow();
    this.image = members.get(0).run().network().input() instanceof Shape.Image;
    Place place = group.place();
    DeviceRows rows = group.rows();
    try (PointerScope scope = new PointerScope()) {
      int[] picked = picked(epochs);
      int count = picked.length;
      Tensor byModel = place.integers(picked, count);
      Tensor gathered =
          rows.features()
              .index_select(
                  0, image && models() > 1 ? place.integers(byRow(picked), count) : byModel);
      noise(group, draws).ifPresent(noise -> gathered.add_(noise.view_as(gathered)));
      long columns = rows.features().size(1);
      features =
          held.keep(
              models() == 1
                  ? gathered.view(steps, size, columns)
                  : image
                      ? gathered.view(steps, size, models(), columns)
                      : gathered.view(steps, models(), size, columns));
      targets = held.keep(ofSteps(rows.targets().index_select(0, byModel)));
      Tensor ofRows = rows.lengths();
      Tensor ofSteps = rows.there();
      lengths = ofRows == null ? null : held.keep(ofSteps(ofRows.index_select(0, byModel)));
      stepsThere =
          ofSteps == null
              ? null
              : held.keep(ofSteps(ofSteps.index_select(0, byModel), ofSteps.size(1)));
      rowsThere = ragged ? held.keep(ofSteps(place.floats(there(), count))) : null;
      weights =
          ragged || members.stream().anyMatch(Member::isWeighted)
              ? held.keep(ofSteps(place.floats(weights(epochs), count)))
              : null;
      scales = held.keep(scales(place));
      dropouts = dropouts(group, draws);
      coefficients =
          held.keep(
              place.floats(
                  coefficients(group.descents(), epochs),
                  steps,
                  group.descents().coefficients(),
                  models(),
                  1));
    } catch (Throwable failure) {
      held.close();
      throw failure;
    }
  }

  private int models() {
    return members.size();
  }

  /** Which row is where: by step, model and place in the batch. */
  private int[] picked(List<Epoch> epochs) {
    int[] picked = new int[steps * models() * size];
    int at = 0;
    for (int step = 0; step < steps; step++) {
      for (int model = 0; model < models(); model++) {
        Member member = members.get(model);
        int from = member.first(first + step);
        for (int i = 0; i < size; i++) {
          boolean there = i < member.rows(first + step);
          picked[at++] = member.offset() + (there ? epochs.get(model).order()[from + i] : 0);
        }
      }
    }
    return picked;
  }

  /** The same by step, place in the batch and model. */
  private int[] byRow(int[] picked) {
    int[] turned = new int[picked.length];
    for (int at = 0; at < picked.length; at++) {
      int model = at / size % models();
      turned[place(at / size / models(), model, at % size, true)] = picked[at];
    }
    return turned;
  }

  /** Where a row lies. */
  private int place(int step, int model, int row, boolean byRow) {
    return byRow ? (step * size + row) * models() + model : (step * models() + model) * size + row;
  }

  private Tensor ofSteps(Tensor each) {
    return models() == 1 ? each.view(steps, size) : each.view(steps, models(), size);
  }

  private Tensor ofSteps(Tensor each, long columns) {
    return models() == 1
        ? each.view(steps, size, columns)
        : each.view(steps, models(), size, columns);
  }

  private float[] there() {
    float[] there = new float[models() * size];
    for (int i = 0; i < there.length; i++) {
      there[i] = i % size < members.get(i / size).rows(first) ? 1 : 0;
    }
    return there;
  }

  private float[] weights(List<Epoch> epochs) {
    float[] weights = new float[steps * models() * size];
    for (int at = 0; at < weights.length; at++) {
      int model = at / size % models();
      long step = first + at / size / models();
      Member member = members.get(model);
      int row = at % size;
      weights[at] =
          row < member.rows(step)
              ? member.weight(epochs.get(model).order()[member.first(step) + row])
              : 0;
    }
    return weights;
  }

  /** By what summed losses are multiplied for their means. */
  private Tensor scales(Place place) {
    float[] scales = new float[models()];
    for (int model = 0; model < scales.length; model++) {
      scales[model] = 1f / Math.max(1, members.get(model).rows(first));
    }
    Tensor tensor = place.floats(scales, scales.length);
    return scales.length == 1 ? tensor.squeeze(0) : tensor;
  }

  private Optional<Tensor> noise(Group group, List<Draws> draws) {
    if (members.stream().allMatch(each -> each.run().spec().regularisation().noise() == 0)) {
      return Optional.empty();
    }
    int columns = members.get(0).run().network().inputs();
    float[] values = new float[Math.multiplyExact(steps * models() * size, columns)];
    for (int step = 0; step < steps; step++) {
      for (int model = 0; model < models(); model++) {
        Member member = members.get(model);
        for (int row = 0; row < member.rows(first + step); row++) {
          draws
              .get(model)
              .noise(
                  member.run().spec().regularisation().noise(),
                  values,
                  place(step, model, row, image) * columns,
                  columns);
        }
      }
    }
    return Optional.of(group.place().floats(values, values.length));
  }

  private @Nullable Tensor[] dropouts(Group group, List<Draws> draws) {
    DropoutLayers layers = members.get(0).dropouts();
    @Nullable Tensor[] all = new Tensor[layers.count()];
    for (int layer = 0; layer < all.length; layer++) {
      int each = layer;
      if (members.stream().anyMatch(member -> member.dropouts().rates().get(each) > 0)) {
        all[layer] = held.keep(dropout(group.place(), draws, layer));
      }
    }
    return all;
  }

  private Tensor dropout(Place place, List<Draws> draws, int layer) {
    DropoutLayers layers = members.get(0).dropouts();
    int numbers = layers.sizes().get(layer);
    float[] values = new float[Math.multiplyExact(steps * models() * size, numbers)];
    for (int step = 0; step < steps; step++) {
      for (int model = 0; model < models(); model++) {
        Member member = members.get(model);
        for (int row = 0; row < member.rows(first + step); row++) {
          int at = place(step, model, row, layers.images().get(layer)) * numbers;
          draws
              .get(model)
              .factors(layer, member.dropouts().rates().get(layer), values, at, numbers);
        }
      }
    }
    return place.floats(values, steps, (long) models() * size * numbers);
  }

  private float[] coefficients(Descents descents, List<Epoch> epochs) {
    int count = descents.coefficients();
    float[] values = new float[steps * count * models()];
    for (int model = 0; model < models(); model++) {
      for (int step = 0; step < steps; step++) {
        if (members.get(model).rows(first + step) > 0) {
          double[] own = descents.next(model, epochs.get(model).rates().next());
          for (int i = 0; i < count; i++) {
            values[(step * count + i) * models() + model] = (float) own[i];
          }
        }
      }
    }
    return values;
  }

  int steps() {
    return steps;
  }

  /** Models that have no rows in its step. */
  List<Integer> idle() {
    return ragged
        ? IntStream.range(0, models())
            .filter(model -> members.get(model).rows(first) == 0)
            .boxed()
            .toList()
        : List.of();
  }

  Tensor features(int step) {
    return features.select(0, step);
  }

  Tensor targets(int step) {
    return targets.select(0, step);
  }

  /** The weights of rows' losses; empty where all count as much. */
  Optional<Tensor> weights(int step) {
    return Optional.ofNullable(weights).map(all -> all.select(0, step));
  }

  /** {@code [models]}, or one number. */
  Tensor scales() {
    return scales;
  }

  /** {@code [coefficients, models, 1]}. */
  Tensor coefficients(int step) {
    return coefficients.select(0, step);
  }

  Pass pass(int step) {
    Tensor ofRows = lengths;
    Tensor ofSteps = stepsThere;
    return new Pass(
        ofRows == null || ofSteps == null
            ? Optional.empty()
            : Optional.of(new Pass.Steps(ofRows.select(0, step), ofSteps.select(0, step))),
        Optional.ofNullable(rowsThere).map(all -> all.select(0, step)),
        Optional.of((layer, x) -> dropped(step, layer, x)));
  }

  private Tensor dropped(int step, int layer, Tensor x) {
    Tensor factors = dropouts[layer];
    return factors == null ? x : x.mul(factors.select(0, step).view_as(x));
  }

  @Override
  public void close() {
    held.close();
  }
}
