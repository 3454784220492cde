package org.fettle.optimizers.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.loop.Epoch;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.network.NetworkSpec;

/**
 * Runs that are trained as one network as long as none of them ends. Of a single run it trains the
 * network itself; of several a copy, whose parameters each gets back after an epoch.
 */
final class Group implements AutoCloseable {

  /**
   * Numbers gathered at once, of inputs and of dropout: enough for many steps of small networks.
   */
  private static final int CHUNK = 1 << 20;

  private final List<Member> members;
  private final DeviceRows rows;
  private final Settled settled;
  private final Losses.OfRows loss;
  private final Networks networks;
  private final Descents descents;

  Group(List<Member> members, DeviceRows rows, Settled settled) {
    this.members = List.copyOf(members);
    this.rows = rows;
    this.settled = settled;
    Member first = members.get(0);
    NetworkSpec network = first.run().network();
    this.loss = Losses.of(first.run().spec().loss());
    this.networks =
        members.size() == 1
            ? first.network().networks()
            : new Networks(
                network,
                settled.place(),
                members.stream().map(each -> inward(each, each.network().parameters())).toList());
    try {
      this.descents =
          new Descents(
              members.stream().map(each -> each.run().spec()).toList(),
              Layout.of(network).blocks(),
              networks.parameters(),
              settled.place());
    } catch (Throwable failure) {
      closeNetworks();
      throw failure;
    }
  }

  private static float[] inward(Member member, float[] values) {
    return member.network().order().inward(values);
  }

  List<Member> members() {
    return members;
  }

  Place place() {
    return settled.place();
  }

  DeviceRows rows() {
    return rows;
  }

  Descents descents() {
    return descents;
  }

  TrainingState.Memory memory(Member member) {
    return descents.memory(members.indexOf(member), member.network().order());
  }

  void restore(Member member, float[] parameters, TrainingState.Memory memory) {
    int model = members.indexOf(member);
    member.network().setParameters(parameters);
    if (members.size() > 1) {
      try (PointerScope scope = new PointerScope()) {
        networks
            .parameters()
            .of(model)
            .copy_(place().floats(inward(member, parameters), parameters.length));
      }
    }
    descents.restore(model, memory, member.network().order(), place());
  }

  /** Trains an epoch, and returns the summed loss of each. */
  double[] epoch(List<Epoch> epochs) {
    long steps = members.stream().mapToLong(Member::stepsPerEpoch).max().orElseThrow();
    List<Draws> draws = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      draws.add(new Draws(epochs.get(i).random(), members.get(i).dropouts().count()));
    }
    // Numbers near the smallest there are take a hundred times as long.
    Context.setFlushDenormal(true);
    try (PointerScope scope = new PointerScope()) {
      Tensor losses = place().zeros(steps, members.size());
      for (long step = 0; step < steps; ) {
        boolean ragged = isRagged(step);
        int count = ragged ? 1 : even(step, steps);
        try (Chunk chunk = new Chunk(this, epochs, draws, step, count, ragged)) {
          train(chunk, losses.narrow(0, step, count));
        }
        step += count;
      }
      if (members.size() > 1) {
        for (int i = 0; i < members.size(); i++) {
          members.get(i).network().networks().parameters().of(0).copy_(networks.parameters().of(i));
        }
      }
      return sums(Place.read(losses), epochs);
    } finally {
      Context.setFlushDenormal(false);
    }
  }

  private boolean isRagged(long step) {
    int size = members.get(0).rows(step);
    return members.stream().anyMatch(member -> member.rows(step) != size);
  }

  /** How many steps from one on have as many rows, for all models, and may be taken at once. */
  private int even(long from, long steps) {
    int size = members.get(0).rows(from);
    DropoutLayers layers = members.get(0).dropouts();
    long perRow = rows.features().size(1) + layers.sizes().stream().mapToLong(each -> each).sum();
    long most = Math.max(1, CHUNK / (perRow * size * members.size()));
    int count = 1;
    while (count < most
        && from + count < steps
        && members.get(0).rows(from + count) == size
        && !isRagged(from + count)) {
      count++;
    }
    return count;
  }

  private void train(Chunk chunk, Tensor losses) {
    for (int step = 0; step < chunk.steps(); step++) {
      Epoch.requireNoInterrupt();
      try (PointerScope scope = new PointerScope()) {
        Optional<Idle> idle = Idle.of(chunk.idle(), descents, place());
        int now = step;
        Tensor sums = settled.computing(() -> networks.sums(chunk.pass(now), chunk.features(now)));
        Tensor each = loss.of(sums, chunk.targets(step));
        Tensor ofRows = chunk.weights(step).map(each::mul).orElse(each);
        Tensor ofModels = ofRows.sum(-1);
        GradMode.set_enabled(false);
        networks.parameters().backward(ofModels, chunk.scales());
        losses.select(0, step).copy_(ofModels);
        descents.step(chunk.coefficients(step));
        idle.ifPresent(Idle::restore);
      } finally {
        GradMode.set_enabled(true);
      }
    }
  }

  /** Tells the losses of steps, and adds them up. */
  private double[] sums(float[] losses, List<Epoch> epochs) {
    double[] sums = new double[members.size()];
    for (int model = 0; model < sums.length; model++) {
      Member member = members.get(model);
      for (int step = 0; step < member.stepsPerEpoch(); step++) {
        float loss = losses[step * sums.length + model];
        sums[model] += loss;
        if (epochs.get(model).divergence().step((double) loss / member.rows(step))) {
          break;
        }
      }
    }
    return sums;
  }

  private void closeNetworks() {
    if (members.size() > 1) {
      networks.close();
    }
  }

  @Override
  public void close() {
    descents.close();
    closeNetworks();
  }
}
