package org.fettle.optimizers.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.loop.Epoch;
import org.fettle.optimizers.loop.FusedLearner;
import org.fettle.optimizers.loop.LearnerFactory;
import org.fettle.optimizers.loop.Trainee;
import org.fettle.optimizers.network.Shape;

/**
 * Trains runs as one network, or as several on a CPU, whose caches do not hold what lies between
 * the layers of many. When some have ended, the others go on as a smaller one.
 */
final class TorchLearner implements FusedLearner {

  /** Models of a group on a CPU: with more, the step of each takes no less time. */
  private static final int MOST_ON_CPU = 16;

  /** The same where rows are sequences, of which more lies between the layers. */
  private static final int MOST_OF_SEQUENCES = 4;

  private final DeviceRows rows;
  private final Settled settled;
  private final List<Member> members = new ArrayList<>();
  private List<Group> groups = new ArrayList<>();

  TorchLearner(List<LearnerFactory.Beginning> beginnings, Settled settled) {
    this.settled = settled;
    this.rows =
        new DeviceRows(
            beginnings.stream().map(LearnerFactory.Beginning::run).toList(), settled.place());
    try {
      for (int i = 0; i < beginnings.size(); i++) {
        members.add(new Member(beginnings.get(i), rows.offset(i), settled));
      }
      int most = most();
      for (int from = 0; from < members.size(); from += most) {
        groups.add(group(members.subList(from, Math.min(members.size(), from + most))));
      }
    } catch (Throwable failure) {
      close();
      members.forEach(member -> member.network().close());
      throw failure;
    }
  }

  private int most() {
    if (!settled.place().isCpu()) {
      return members.size();
    }
    boolean sequences = members.get(0).run().network().input() instanceof Shape.Sequence;
    return sequences ? MOST_OF_SEQUENCES : MOST_ON_CPU;
  }

  private Group group(List<Member> together) {
    Group group = new Group(together, rows, settled);
    together.forEach(member -> member.in(group));
    return group;
  }

  @Override
  public List<? extends Trainee> trainees() {
    return members;
  }

  @Override
  public double[] epoch(List<Optional<Epoch>> epochs) {
    List<Group> going = new ArrayList<>();
    for (Group group : groups) {
      List<Member> theirs =
          group.members().stream().filter(each -> epoch(epochs, each).isPresent()).toList();
      if (theirs.size() == group.members().size()) {
        going.add(group);
      } else if (theirs.isEmpty()) {
        group.close();
      } else {
        going.add(smaller(group, theirs));
      }
    }
    groups = going;
    double[] all = new double[members.size()];
    for (Group group : groups) {
      double[] sums =
          group.epoch(
              group.members().stream().map(each -> epoch(epochs, each).orElseThrow()).toList());
      for (int i = 0; i < sums.length; i++) {
        all[members.indexOf(group.members().get(i))] = sums[i];
      }
    }
    return all;
  }

  private Optional<Epoch> epoch(List<Optional<Epoch>> epochs, Member member) {
    return epochs.get(members.indexOf(member));
  }

  /** Some of a group's members, as they are, in a group of their own. */
  private Group smaller(Group before, List<Member> going) {
    List<TrainingState.Memory> memories = going.stream().map(Member::memory).toList();
    List<float[]> parameters = going.stream().map(each -> each.network().parameters()).toList();
    before.close();
    Group after = group(going);
    for (int i = 0; i < going.size(); i++) {
      going.get(i).restore(parameters.get(i), memories.get(i));
    }
    return after;
  }

  @Override
  public void close() {
    groups.forEach(Group::close);
    groups = List.of();
    rows.close();
  }
}
